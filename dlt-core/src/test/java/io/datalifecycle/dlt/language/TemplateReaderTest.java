package io.datalifecycle.dlt.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.template.Template;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class TemplateReaderTest {

    private static final String HEAD = "dlt: 1\nkey: a\nversion: 1.0.0\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | (1:1): the text is empty; start with dlt: 1 [DLT-1001]",
                "just words | (1:1): a template is a group of keys, found the text just words; start with dlt: 1 [DLT-1001]",
                "[1, 2] | (1:1): a template is a group of keys, found a list; start with dlt: 1 [DLT-1001]",
                "{\"dlt\": 1, | (1:11): Unexpected end-of-input",
                "{\"dlt\": 1} x | (1:12): Unrecognized token 'x'",
            })
    void brokenTextIsOneClearProblem(String text, String problem) {
        assertThat(TemplateReader.draft(text.strip()).problems())
                .singleElement()
                .extracting(Problem::toString)
                .asString()
                .startsWith(problem);
    }

    @Test
    void aSecondJsonValueIsRefused() {
        assertThat(problems("{\"dlt\": 1, \"key\": \"a\", \"version\": \"1\"} {}"))
                .containsExactly("(1:40): more than one document; a file holds one template [DLT-1001]");
    }

    @Test
    void depthLengthAndNumbersAreBounded() {
        assertThat(problems(HEAD + "title: " + "[".repeat(100) + "]".repeat(100)))
                .singleElement()
                .asString()
                .contains("depth");
        assertThat(problems("title: " + "x".repeat(2_000_001)))
                .containsExactly("(1:1): the text has more than 2000000 characters; split the template [DLT-1001]");
        assertThat(problems("{\"dlt\": " + "1".repeat(200) + "}"))
                .singleElement()
                .asString()
                .contains("Number value length");
    }

    @Test
    void aliasBombsAreRefused() {
        String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";

        assertThat(problems(bomb))
                .containsExactly(
                        "(1:4): anchors and aliases (& and *) are not allowed; write the value out [DLT-1001]");
    }

    @Test
    void mergeKeysAndTagsBringNothingIn() {
        assertThat(problems(HEAD + "<<: {title: x}\n"))
                .singleElement()
                .asString()
                .contains("<< is not a known key here");
        assertThat(TemplateReader.read(HEAD + "title: !!java.lang.Runtime x\n")
                        .template()
                        .title())
                .contains("x");
    }

    @Test
    void wordsThatOtherYamlVersionsTakeForTruthStayWords() {
        Template template =
                TemplateReader.read(HEAD + "title: no\ndescription: on\n").template();

        assertThat(template.title()).contains("no");
        assertThat(template.description()).contains("on");
    }

    @Test
    void chunkFollowsFromTheRateUnlessItIsNamed() {
        Template template = TemplateReader.read(HEAD + """
                datastores:
                  slow: {time: t, schema: {}, rate: 9.6}
                  weekly: {time: t, schema: {}, rate: 41}
                  daily: {time: t, schema: {}, rate: 2.89e2}
                  quarter: {time: t, schema: {}, rate: 1157.0}
                  fast: {time: t, schema: {}, rate: 1200}
                  named: {time: t, schema: {}, rate: 1200, chunk: P2D, compress_after: P1M}
                  plain: {time: t, schema: {}}
                """).template();

        assertThat(template.datastores())
                .extracting(store -> store.key() + " " + store.chunk())
                .containsExactly(
                        "slow PT720H",
                        "weekly PT168H",
                        "daily PT24H",
                        "quarter PT6H",
                        "fast PT1H",
                        "named PT48H",
                        "plain PT168H");
        assertThat(template.datastore("named").orElseThrow().compressAfter()).contains(Period.ofMonths(1));
        assertThat(template.datastore("quarter").orElseThrow().rate()).contains(new BigDecimal("1157"));
    }

    @Test
    void aRateIsMoreThanNothing() {
        String text = HEAD + """
                datastores:
                  none: {time: t, schema: {}, rate: 0}
                """;

        assertThat(TemplateReader.draft(text).problems())
                .extracting(problem -> problem.pointer() + " " + problem.message())
                .contains("/datastores/none/rate rate: 0 is not above 0");
    }

    @Test
    void spansWithAndWithoutTAreTwoKinds() {
        Template template = TemplateReader.read(HEAD + """
                datastores:
                  fixed: {time: t, schema: {}, chunk: P2W, retention: PT48H, accept: {past: P1DT12H}}
                  calendar: {time: t, schema: {}, retention: P2D}
                """).template();

        assertThat(template.datastore("fixed").orElseThrow().chunk()).isEqualTo(Duration.ofDays(14));
        assertThat(template.datastore("fixed").orElseThrow().retention()).contains(Duration.ofHours(48));
        assertThat(template.datastore("fixed").orElseThrow().accept().past()).contains(Duration.ofHours(36));
        assertThat(template.datastore("calendar").orElseThrow().retention()).contains(Period.ofDays(2));
    }

    @Test
    void missingKeysAreToldUnlessAnUnknownOneWasMeant() {
        assertThat(problems(HEAD + "alerts:\n  a: {metrc: m}\n"))
                .containsExactly(
                        "/alerts/a (5:3): raise is missing [DLT-1003]",
                        "/alerts/a/metrc (5:7): metrc is not a known key here; did you mean metric? [DLT-1002]");
    }

    @Test
    void allProblemsAreCollectedAndCapped() {
        StringBuilder text = new StringBuilder(HEAD);
        for (int i = 0; i < 150; i++) {
            text.append("unknown").append(i).append(": 1\n");
        }

        assertThatThrownBy(() -> TemplateReader.read(text.toString()))
                .isInstanceOfSatisfying(TemplateInvalidException.class, e -> {
                    assertThat(e.problems()).hasSize(100);
                    assertThat(e.dropped()).isEqualTo(50);
                    assertThat(e.getMessage())
                            .startsWith("template: 150 problems\n")
                            .contains("… and 50 more");
                });
    }

    @Test
    void filesAreReadAsUtf8(@TempDir Path folder) throws IOException {
        Path good = Files.writeString(folder.resolve("good.yaml"), "\uFEFF" + HEAD + "title: Pümpe\n");
        Path latin = Files.write(
                folder.resolve("latin.yaml"), (HEAD + "title: Pümpe\n").getBytes(StandardCharsets.ISO_8859_1));

        assertThat(TemplateReader.read(good).template().title()).contains("Pümpe");
        assertThatThrownBy(() -> TemplateReader.read(latin))
                .isInstanceOf(DltException.class)
                .hasMessageContaining("is not UTF-8; save it as UTF-8");
        assertThatThrownBy(() -> TemplateReader.read(folder.resolve("none.yaml")))
                .isInstanceOfSatisfying(
                        NotFoundException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.TEMPLATE_NOT_FOUND))
                .hasMessageContaining("cannot be read; check the path");
    }

    @Test
    void laterProblemsAreLocatedThroughTheSource() {
        TemplateSource source = TemplateReader.read(HEAD + "channels:\n  ops:\n    type: log\n");

        assertThat(source.locate(Problem.error(ProblemCode.BAD_VALUE, "/channels/ops/type", "x", ""))
                        .line())
                .isEqualTo(6);
        assertThat(source.locate(Problem.error(ProblemCode.BAD_VALUE, "/channels/ops/none/below", "x", ""))
                        .line())
                .isEqualTo(5);
        assertThat(SourceMap.NONE
                        .locate(Problem.error(ProblemCode.BAD_VALUE, "/x", "x", ""))
                        .line())
                .isZero();
    }

    private static List<String> problems(String text) {
        return TemplateReader.draft(text).problems().stream()
                .map(Problem::toString)
                .toList();
    }
}
