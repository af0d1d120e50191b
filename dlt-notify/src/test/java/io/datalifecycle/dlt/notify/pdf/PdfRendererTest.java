package io.datalifecycle.dlt.notify.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.SimpleBookmark;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import io.datalifecycle.dlt.notify.HardItems;
import io.datalifecycle.dlt.notify.SamplePage;
import io.datalifecycle.dlt.view.Area;
import io.datalifecycle.dlt.view.Page;
import io.datalifecycle.dlt.view.PageItem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PdfRendererTest {

    private final PdfRenderer renderer = PdfRenderer.landscape();

    static Stream<PageItem> everyItem() {
        return Stream.of(
                        SamplePage.items(SamplePage.PUMPS), HardItems.hostile(), HardItems.empty(), HardItems.extreme())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("everyItem")
    void everyItemIsWritten(PageItem item) throws IOException {
        try (PdfReader reader = new PdfReader(renderer.pdf(SamplePage.only(item)))) {
            assertThat(reader.getNumberOfPages()).isPositive();
        }
    }

    @Test
    void pageWithoutItemsSaysSo() throws IOException {
        Page page = SamplePage.page("none", "Nothing", List.of(), List.of());

        assertThat(text(renderer.pdf(page)).get(0))
                .contains("Nothing", "Riverside Water", "This dashboard has no panels", "1 /");
    }

    @Test
    void titleSpanZoneAndTimeStandOnTheFirstSheet() throws IOException {
        assertThat(text(renderer.pdf(SamplePage.overview())).get(0))
                .contains("Pump station overview")
                .contains("Riverside Water (wid1)")
                .contains("2026-03-03 06:00 – 2026-03-10 07:00")
                .contains("America/Chicago (UTC-05:00)")
                .contains("as of 2026-03-10 07:00:42");
    }

    @Test
    void longTableHasItsHeadingsOnEachSheetAndAllOfItsRows() throws IOException {
        PageItem table = new PageItem.TableItem("t", "Long", new Area(0, 0, 12, 5), SamplePage.table(2_000));

        List<String> sheets = text(renderer.pdf(SamplePage.only(table)));

        assertThat(sheets).hasSizeGreaterThan(40);
        assertThat(sheets)
                .allSatisfy(sheet -> assertThat(sheet).contains("asset id", "vibration (g)", "pressure (bar)"));
        assertThat(sheets.stream().mapToInt(sheet -> occurrences(sheet, "P-10")).sum())
                .isEqualTo(2_000);
        assertThat(sheets.get(sheets.size() - 1)).contains(sheets.size() + " / ");
    }

    @Test
    void sameInputGivesTheSameBytes() {
        assertThat(renderer.pdf(SamplePage.overview()))
                .isEqualTo(PdfRenderer.landscape().pdf(SamplePage.overview()));
    }

    @Test
    void documentSaysWhoseItIsAndWhenItWasMade() throws IOException {
        try (PdfReader reader = new PdfReader(renderer.pdf(SamplePage.overview()))) {
            assertThat(reader.getInfo())
                    .containsEntry("Title", "Pump station overview")
                    .containsEntry("Author", "Riverside Water (wid1)")
                    .containsEntry("CreationDate", "D:20260310070042-05'00'");
        }
    }

    @Test
    void outlineLeadsToEveryTitledPanel() throws IOException {
        try (PdfReader reader = new PdfReader(renderer.pdf(SamplePage.overview()))) {
            List<?> outline = SimpleBookmark.getBookmarkList(reader);

            assertThat(outline)
                    .extracting(entry -> ((Map<?, ?>) entry).get("Title").toString())
                    .containsExactlyInAnyOrderElementsOf(SamplePage.overview().items().stream()
                            .map(PageItem::title)
                            .toList());
        }
    }

    @Test
    void chartsAreVectorsAndFontsAreEmbedded() throws IOException {
        try (PdfReader reader = new PdfReader(renderer.pdf(SamplePage.overview()))) {
            List<String> fonts = new ArrayList<>();
            for (int i = 1; i < reader.getXrefSize(); i++) {
                if (PdfReader.getPdfObject(reader.getPdfObject(i)) instanceof PdfDictionary dictionary) {
                    assertThat(dictionary.get(PdfName.SUBTYPE))
                            .as("object %s", i)
                            .isNotEqualTo(PdfName.IMAGE);
                    if (PdfName.FONTDESCRIPTOR.equals(dictionary.get(PdfName.TYPE))) {
                        assertThat(dictionary.get(PdfName.FONTFILE2)).isNotNull();
                        fonts.add(dictionary.get(PdfName.FONTNAME).toString());
                    }
                }
            }
            assertThat(fonts).containsExactlyInAnyOrder("/DLTSUB+LiberationSans", "/DLTSUB+LiberationSans-Bold");
        }
    }

    @Test
    void signsOfManyScriptsAreWrittenAndEmojiDoNoHarm() throws IOException {
        PageItem text = new PageItem.TextItem(
                "t", "Signs ° ² ö – ≤ Ж", new Area(0, 0, 12, 4), "Pressure ≤ 4 bar, 21 °C, m², Жук 💧");

        assertThat(text(renderer.pdf(SamplePage.only(text))).get(0))
                .contains("Signs ° ² ö – ≤ Ж")
                .contains("Жук □");
    }

    @Test
    void manyPointsMakeASmallDocument() {
        assertThat(renderer.pdf(SamplePage.only(HardItems.series(100_000, 7)))).hasSizeLessThan(200_000);
    }

    @Test
    void uprightSheetsAreHigherThanWide() throws IOException {
        try (PdfReader reader = new PdfReader(PdfRenderer.portrait().pdf(SamplePage.overview()))) {
            assertThat(reader.getPageSize(1).getHeight())
                    .isGreaterThan(reader.getPageSize(1).getWidth());
        }
    }

    private static List<String> text(byte[] pdf) throws IOException {
        List<String> sheets = new ArrayList<>();
        try (PdfReader reader = new PdfReader(pdf)) {
            PdfTextExtractor extractor = new PdfTextExtractor(reader);
            for (int i = 1; i <= reader.getNumberOfPages(); i++) {
                sheets.add(extractor.getTextFromPage(i));
            }
        }
        return sheets;
    }

    private static int occurrences(String text, String word) {
        return text.split(java.util.regex.Pattern.quote(word), -1).length - 1;
    }
}
