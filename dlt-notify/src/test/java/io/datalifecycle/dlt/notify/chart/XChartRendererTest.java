package io.datalifecycle.dlt.notify.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.datalifecycle.dlt.notify.HardItems;
import io.datalifecycle.dlt.notify.SamplePage;
import io.datalifecycle.dlt.view.Chart;
import io.datalifecycle.dlt.view.Page;
import io.datalifecycle.dlt.view.PageItem;
import io.datalifecycle.dlt.view.SeriesData;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class XChartRendererTest {

    private final XChartRenderer renderer = new XChartRenderer();

    static Stream<PageItem> everyItem() {
        return Stream.of(
                        SamplePage.items(SamplePage.PUMPS), HardItems.hostile(), HardItems.empty(), HardItems.extreme())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("everyItem")
    void everyItemIsAnImageTwiceAsDenseAsItsSize(PageItem item) throws IOException {
        BufferedImage image = read(renderer.png(item, SamplePage.ZONE, 400, 240));

        assertThat(image.getWidth()).isEqualTo(800);
        assertThat(image.getHeight()).isEqualTo(480);
    }

    @ParameterizedTest
    @MethodSource("everyItem")
    void everyItemIsDrawnInAPlaceThatIsTooSmall(PageItem item) {
        assertThat(renderer.png(item, SamplePage.ZONE, 40, 30)).isNotEmpty();
    }

    @Test
    void sameItemGivesTheSameBytes() {
        PageItem item = SamplePage.items(SamplePage.PUMPS).get(4);

        assertThat(renderer.png(item, SamplePage.ZONE, 600, 300))
                .isEqualTo(new XChartRenderer().png(item, SamplePage.ZONE, 600, 300));
    }

    @Test
    void axisFollowsTheZone() {
        PageItem item = SamplePage.items(SamplePage.PUMPS).get(4);

        assertThat(renderer.png(item, ZoneId.of("UTC"), 600, 300))
                .isNotEqualTo(renderer.png(item, SamplePage.ZONE, 600, 300));
    }

    @Test
    void linesHaveTheColoursOfThePalette() throws IOException {
        BufferedImage image =
                read(renderer.png(SamplePage.items(SamplePage.PUMPS).get(4), SamplePage.ZONE, 600, 300));

        for (int i = 0; i < 4; i++) {
            assertThat(count(image, Palette.series(i)))
                    .as("pixels of series %s", i)
                    .isGreaterThan(200);
        }
    }

    @Test
    void spikeAmongManyPointsIsSeen() throws IOException {
        BufferedImage image = read(renderer.png(HardItems.series(100_000, 61_803), SamplePage.ZONE, 600, 300));

        int highest = 0;
        for (int y = image.getHeight() - 1; y >= 0; y--) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) == Palette.series(0).getRGB()) {
                    highest = y;
                }
            }
        }
        assertThat(highest).as("topmost pixel of the line").isLessThan(image.getHeight() / 3);
    }

    @Test
    void gapIsNotBridged() throws IOException {
        SeriesData whole = SamplePage.line("P-101", 4, 1008);
        double[] values = whole.values();
        java.util.Arrays.fill(values, 300, 700, Double.NaN);
        Chart.TimeSeries broken =
                new Chart.TimeSeries("", List.of(new SeriesData("", whole.times(), values)), List.of());

        BufferedImage image = read(renderer.png(
                new PageItem.ChartItem(
                        "g", "", SamplePage.items(SamplePage.PUMPS).get(4).area(), broken, List.of()),
                SamplePage.ZONE,
                600,
                300));

        assertThat(countColumn(image, Palette.series(0), image.getWidth() / 2)).isZero();
        assertThat(count(image, Palette.series(0))).isGreaterThan(200);
    }

    @Test
    void wholePageIsOneImage() throws IOException {
        Page page = SamplePage.overview();

        BufferedImage image = read(renderer.png(page, 1200));

        assertThat(image.getWidth()).isEqualTo(2400);
        assertThat(image.getHeight()).isGreaterThan(2400);
        assertThat(renderer.png(page, 1200)).isEqualTo(renderer.png(page, 1200));
    }

    @Test
    void sizesThatAreTooSmallAreRefusedAndTooLargeOnesAreCut() throws IOException {
        PageItem item = SamplePage.items(SamplePage.PUMPS).get(0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> renderer.png(item, SamplePage.ZONE, 100, 10))
                .withMessage("width, height: 100 x 10, at least 40 x 30 is needed");
        assertThatIllegalArgumentException().isThrownBy(() -> renderer.png(SamplePage.overview(), 10));
        assertThat(read(renderer.png(item, SamplePage.ZONE, 60, 100_000)).getHeight())
                .isEqualTo(8_000);
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static long count(BufferedImage image, Color color) {
        long count = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            count += countColumn(image, color, x);
        }
        return count;
    }

    private static long countColumn(BufferedImage image, Color color, int x) {
        long count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            count += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
        }
        return count;
    }
}
