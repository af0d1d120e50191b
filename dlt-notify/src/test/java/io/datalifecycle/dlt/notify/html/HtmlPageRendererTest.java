package io.datalifecycle.dlt.notify.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.notify.HardItems;
import io.datalifecycle.dlt.notify.SamplePage;
import io.datalifecycle.dlt.view.Page;
import io.datalifecycle.dlt.view.PageItem;
import io.datalifecycle.dlt.view.PageVariant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlPageRendererTest {

    private static final Pattern SCRIPT = Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL);

    private final HtmlPageRenderer renderer = new HtmlPageRenderer();

    static Stream<PageItem> everyItem() {
        return Stream.of(
                        SamplePage.items(SamplePage.PUMPS), HardItems.hostile(), HardItems.empty(), HardItems.extreme())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("everyItem")
    void everyItemIsInTheDataOfThePage(PageItem item) {
        JsonNode data = data(renderer.html(SamplePage.only(item)));

        assertThat(data.get("pool")).hasSize(1);
        assertThat(data.get("pool").get(0).get("id").asString()).isEqualTo(item.id());
        assertThat(data.get("pool").get(0).get("title").asString()).isEqualTo(item.title());
    }

    @Test
    void hostileWordsAddNoElementAndComeBackAsTheyWere() {
        String title = HardItems.HOSTILE;
        Page page = SamplePage.page("x", title, HardItems.hostile(), List.of());
        String html = renderer.html(page);

        assertThat(scripts(html)).hasSize(3);
        assertThat(scripts(renderer.html(SamplePage.overview()))).hasSize(3);
        String outside = SCRIPT.matcher(html).replaceAll("");
        assertThat(outside).doesNotContain("alert(1)</", "<img", "onerror=alert(2)>", "<script");
        assertThat(outside).contains("&lt;/script&gt;&lt;script&gt;alert(1)");
        assertThat(json(html)).doesNotContain("<", ">", "&", "\u2028", "\u2029");
        assertThat(data(html).get("pool").get(8).get("message").asString()).isEqualTo(HardItems.HOSTILE);
    }

    @Test
    void markdownCannotBringMarkupOrCodeOrImages() {
        String html = data(renderer.html(SamplePage.page("x", "x", HardItems.hostile(), List.of())))
                .get("pool")
                .get(7)
                .get("html")
                .asString();

        assertThat(html).doesNotContain("<script", "<img", "javascript:").contains("&lt;script&gt;", "y");
        assertThat(SafeMarkdown.html("**b** [l](https://example.com)"))
                .isEqualTo(
                        "<p><strong>b</strong> <a rel=\"noopener noreferrer\" href=\"https://example.com\" target=\"_blank\">l</a></p>\n");
    }

    @Test
    void policyNamesExactlyTheScriptsOfThePageAndNoSource() throws Exception {
        String html = renderer.html(SamplePage.overview());
        List<String> hashes = new ArrayList<>();
        for (String script : scripts(html)) {
            hashes.add("'sha256-"
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-256")
                                    .digest(script.getBytes(StandardCharsets.UTF_8)))
                    + "'");
        }

        assertThat(html)
                .contains("content=\"default-src 'none'; script-src " + hashes.get(1) + " " + hashes.get(2)
                        + "; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\"");
    }

    @Test
    void nothingIsFetched() {
        String outside = SCRIPT.matcher(renderer.html(SamplePage.overview())).replaceAll("");

        assertThat(outside).doesNotContain("src=", "<link", "@import", "url(", "http:", "https:");
    }

    @Test
    void variantsShareTheCellsThatAreTheSame() {
        JsonNode data = data(renderer.html(SamplePage.overview()));

        assertThat(data.get("variants")).hasSize(4);
        assertThat(data.get("variants").get(0).get("controls").get("asset").asString())
                .isEqualTo("P-101");
        assertThat(data.get("items").get(5))
                .isEqualTo(data.get("variants").get(0).get("items").get(5));
        assertThat(data.get("items").get(4))
                .isNotEqualTo(data.get("variants").get(0).get("items").get(4));
        assertThat(data.get("pool").size()).isLessThan(14 * 5);
    }

    @Test
    void manyPointsAndVariantsStayWithinBounds() {
        List<PageVariant> variants = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            variants.add(new PageVariant(Map.of("asset", "P-" + i), List.of(HardItems.series(100_000, 500 + i))));
        }
        Page page = SamplePage.page("x", "x", List.of(HardItems.series(100_000, 1)), variants);

        String html = renderer.html(page);

        assertThat(html.length()).isLessThan(2_500_000);
        assertThat(json(html)).contains("42.0");
    }

    @Test
    void evenlySpacedTimesAreWrittenAsBeginningAndStep() {
        JsonNode series = data(renderer.html(
                        SamplePage.only(SamplePage.items(SamplePage.PUMPS).get(4))))
                .get("pool")
                .get(0)
                .get("chart")
                .get("series");

        assertThat(series.get(0).get("times").get("step").asLong()).isEqualTo(600_000);
        assertThat(series.get(0).get("times").get("count").asInt()).isEqualTo(1008);
        assertThat(series.get(1).get("values").get(420).isNull())
                .as("gap of P-102")
                .isTrue();
    }

    @Test
    void changesOfTheClockComeAlong() {
        JsonNode offsets = data(renderer.html(SamplePage.overview())).get("offsets");

        assertThat(offsets).hasSize(2);
        assertThat(offsets.get(0).get(0).asLong())
                .isEqualTo(java.time.Instant.parse("2026-03-08T08:00:00Z").toEpochMilli());
        assertThat(offsets.get(0).get(1).asLong()).isEqualTo(-6 * 3_600_000);
        assertThat(offsets.get(1).get(0).isNull()).isTrue();
        assertThat(offsets.get(1).get(1).asLong()).isEqualTo(-5 * 3_600_000);
    }

    @Test
    void offsetsAlwaysEndOpenHoweverLongTheSpan() {
        JsonNode offsets =
                data(renderer.html(SamplePage.only(HardItems.extreme().get(3)))).get("offsets");

        assertThat(offsets).hasSizeGreaterThan(100);
        assertThat(offsets.get(offsets.size() - 1).get(0).isNull()).isTrue();
    }

    @Test
    void cellsAreWrittenLikeInImagesAndSortedByTheirValue() {
        JsonNode table = data(renderer.html(
                        SamplePage.only(SamplePage.items(SamplePage.PUMPS).get(11))))
                .get("pool")
                .get(0);

        assertThat(table.get("rows").get(0).get(0).asString()).isEqualTo("2026-03-10 07:00");
        assertThat(table.get("columns").get(0).get("keys").get(0).asLong()).isEqualTo(SamplePage.TO.toEpochMilli());
        assertThat(table.get("columns").get(1).get("keys").isNull()).isTrue();
        assertThat(table.get("columns").get(2).get("heading").asString()).isEqualTo("vibration (g)");
        assertThat(table.get("links").get(0).get("to").asString()).isEqualTo("pump");
    }

    @Test
    void samePageGivesTheSameText() {
        assertThat(renderer.html(SamplePage.overview())).isEqualTo(new HtmlPageRenderer().html(SamplePage.overview()));
    }

    private static List<String> scripts(String html) {
        List<String> scripts = new ArrayList<>();
        Matcher matcher = SCRIPT.matcher(html);
        while (matcher.find()) {
            scripts.add(matcher.group(2));
        }
        return scripts;
    }

    private static String json(String html) {
        return scripts(html).get(0);
    }

    private static JsonNode data(String html) {
        return JsonMapper.builder().build().readTree(json(html));
    }
}
