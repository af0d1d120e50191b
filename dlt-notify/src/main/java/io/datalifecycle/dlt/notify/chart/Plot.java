package io.datalifecycle.dlt.notify.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** XChart reduced to the drawing of the data: axes, legends and words are ours, so that they follow the zone and the palette. */
final class Plot {

    private static final Color CLEAR = new Color(255, 255, 255, 0);

    private Plot() {}

    /** A chart of lines that fills exactly its rectangle. */
    static XYChart lines(Rectangle2D area, double from, double to, Ticks.Scale scale) {
        XYChart chart = new XYChart(pixels(area.getWidth()), pixels(area.getHeight()));
        bare(chart.getStyler());
        axes(chart.getStyler(), scale);
        chart.getStyler().setXAxisMin(from).setXAxisMax(to);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        return chart;
    }

    /** A chart of bars that fills exactly its rectangle. */
    static CategoryChart bars(Rectangle2D area, Ticks.Scale scale) {
        CategoryChart chart = new CategoryChart(pixels(area.getWidth()), pixels(area.getHeight()));
        bare(chart.getStyler());
        axes(chart.getStyler(), scale);
        chart.getStyler().setAvailableSpaceFill(0.62);
        return chart;
    }

    /** Takes away whatever XChart draws besides the data. */
    static void bare(Styler styler) {
        styler.setChartPadding(0);
        styler.setPlotContentSize(1);
        styler.setPlotBorderVisible(false);
        styler.setLegendVisible(false);
        styler.setChartTitleVisible(false);
        styler.setChartBackgroundColor(CLEAR);
        styler.setPlotBackgroundColor(CLEAR);
        styler.setSeriesColors(Palette.series().stream().map(Color::decode).toArray(Color[]::new));
        styler.setSeriesLines(new BasicStroke[] {new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)});
        styler.setAntiAlias(true);
    }

    private static void axes(AxesChartStyler styler, Ticks.Scale scale) {
        styler.setAxisTicksVisible(false);
        styler.setAxisTitlesVisible(false);
        styler.setPlotMargin(0);
        styler.setAxisTickPadding(0);
        styler.setAxisTitlePadding(0);
        styler.setPlotGridLinesVisible(false);
        styler.setPlotTicksMarksVisible(false);
        styler.setYAxisMin(scale.min()).setYAxisMax(scale.max());
    }

    /** Draws a chart into its rectangle. */
    static void paint(Graphics2D graphics, Chart<?, ?> chart, Rectangle2D area) {
        AffineTransform before = graphics.getTransform();
        java.awt.Shape clip = graphics.getClip();
        graphics.translate(area.getX(), area.getY());
        chart.paint(graphics, pixels(area.getWidth()), pixels(area.getHeight()));
        graphics.setTransform(before);
        graphics.setClip(clip);
    }

    /** XChart knows whole pixels only; areas are made of whole ones before. */
    static int pixels(double length) {
        return Math.max(2, (int) Math.round(length));
    }

    /** The area on whole pixels. */
    static Rectangle2D whole(double x, double y, double width, double height) {
        return new Rectangle2D.Double(Math.round(x), Math.round(y), pixels(width), pixels(height));
    }
}
