package io.datalifecycle.dlt.notify.chart;

import io.datalifecycle.dlt.view.Chart;
import io.datalifecycle.dlt.view.SeriesData;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines over time with an axis in the zone of the page. */
final class TimeSeriesPainter {

    private final Chart.TimeSeries chart;
    private final ZoneId zone;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;

    TimeSeriesPainter(Chart.TimeSeries chart, ZoneId zone) {
        this.chart = chart;
        this.zone = zone;
        for (SeriesData series : chart.series()) {
            measure(series);
        }
        for (Chart.Threshold threshold : chart.thresholds()) {
            include(threshold.value());
        }
        if (from == to) {
            from -= 1_800_000;
            to += 1_800_000;
        }
    }

    private void measure(SeriesData series) {
        if (series.times().isEmpty()) {
            return;
        }
        from = Math.min(from, series.times().get(0).toEpochMilli());
        to = Math.max(to, series.times().get(series.times().size() - 1).toEpochMilli());
        for (double value : series.values()) {
            include(value);
        }
    }

    private void include(double value) {
        if (Double.isFinite(value)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
    }

    void paint(Pen pen, Rectangle2D area) {
        List<String> names = chart.series().stream().map(SeriesData::label).toList();
        boolean named = names.size() > 1 || names.stream().anyMatch(name -> !name.isEmpty());
        Legend legend = Legend.of(named ? names : List.of(), area.getWidth());
        double height = area.getHeight() - legend.height() - 30;
        Ticks.Scale scale = Ticks.numbers(low, high, (int) Math.max(2, height / 42));
        double left = Axes.roomFor(scale);
        Rectangle2D plot = Plot.whole(area.getX() + left, area.getY() + 8, area.getWidth() - left - 12, height);
        Axes.numbers(pen, plot, scale);
        List<Ticks.Tick> ticks = Ticks.times(
                Instant.ofEpochMilli(from), Instant.ofEpochMilli(to), zone, (int) Math.max(2, plot.getWidth() / 62));
        Axes.times(pen, plot, ticks, from, to);
        Plot.paint(pen.graphics(), lines(plot, scale), plot);
        chart.thresholds().stream()
                .filter(line -> Double.isFinite(line.value()))
                .forEach(line -> Axes.threshold(pen, plot, scale, line.label(), line.value()));
        legend.paint(pen, area);
    }

    private XYChart lines(Rectangle2D plot, Ticks.Scale scale) {
        XYChart lines = Plot.lines(plot, from, to, scale);
        int atMost = (int) (plot.getWidth() * 3);
        for (int i = 0; i < chart.series().size(); i++) {
            add(lines, chart.series().get(i), i, atMost);
        }
        return lines;
    }

    private static void add(XYChart lines, SeriesData series, int index, int atMost) {
        double[] values = series.values();
        int[] kept = Downsampling.indices(values, atMost);
        double[] x = new double[kept.length];
        double[] y = new double[kept.length];
        int finite = 0;
        for (int i = 0; i < kept.length; i++) {
            x[i] = series.times().get(kept[i]).toEpochMilli();
            y[i] = Double.isFinite(values[kept[i]]) ? values[kept[i]] : Double.NaN;
            finite += Double.isNaN(y[i]) ? 0 : 1;
        }
        if (finite == 0) {
            return;
        }
        XYSeries line = lines.addSeries("s" + index, x, y);
        Color color = Palette.series(index);
        line.setLineColor(color).setLineStyle(new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        line.setMarker(finite == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        line.setMarkerColor(color);
    }
}
