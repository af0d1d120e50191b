package io.datalifecycle.dlt.notify.chart;

import io.datalifecycle.dlt.view.Chart;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;

/** Bars per category, beside each other or stacked. */
final class BarPainter {

    private static final double SLANT = Math.toRadians(-35);
    private static final double UPRIGHT = Math.toRadians(-90);
    /** Slots that are narrower have upright names. */
    private static final double NARROW = 26;

    private final Chart.Bar chart;

    BarPainter(Chart.Bar chart) {
        this.chart = chart;
    }

    void paint(Pen pen, Rectangle2D area) {
        List<String> names =
                chart.series().stream().map(Chart.CategorySeries::label).toList();
        Legend legend = Legend.of(names.size() > 1 ? names : List.of(), area.getWidth());
        boolean slanted = isSlanted(area.getWidth() - 50);
        double below = slanted ? 62 : 24;
        double height = area.getHeight() - legend.height() - below - 14;
        Ticks.Scale scale = scale((int) Math.max(2, height / 42));
        double left = Math.max(Axes.roomFor(scale), slanted ? 46 : 0);
        Rectangle2D plot = Plot.whole(area.getX() + left, area.getY() + 14, area.getWidth() - left - 6, height);
        Axes.numbers(pen, plot, scale);
        Plot.paint(pen.graphics(), bars(plot, scale), plot);
        categories(pen, plot, slanted);
        values(pen, plot, scale);
        legend.paint(pen, area);
    }

    private boolean isSlanted(double width) {
        double slot = width / chart.categories().size();
        return chart.categories().stream()
                .anyMatch(name -> Lettering.width(Axes.STYLE.font(), Lettering.drawable(name)) > slot - 6);
    }

    private Ticks.Scale scale(int about) {
        double low = 0;
        double high = 0;
        for (int category = 0; category < chart.categories().size(); category++) {
            double above = 0;
            double below = 0;
            for (Chart.CategorySeries series : chart.series()) {
                double value = value(series, category);
                above = chart.stacked() ? above + Math.max(0, value) : Math.max(above, value);
                below = chart.stacked() ? below + Math.min(0, value) : Math.min(below, value);
            }
            high = Math.max(high, above);
            low = Math.min(low, below);
        }
        return Ticks.numbers(low, high == 0 && low == 0 ? 1 : high, about);
    }

    /** Zero where there is none: XChart wants a number. */
    private static double value(Chart.CategorySeries series, int category) {
        double[] values = series.values();
        return category < values.length && Double.isFinite(values[category]) ? values[category] : 0;
    }

    private CategoryChart bars(Rectangle2D plot, Ticks.Scale scale) {
        CategoryChart bars = Plot.bars(plot, scale);
        double slot = plot.getWidth() / chart.categories().size();
        bars.getStyler()
                .setAvailableSpaceFill(
                        Math.min(0.62, chart.stacked() || chart.series().size() == 1 ? 64 / slot : 0.7));
        bars.getStyler().setStacked(chart.stacked());
        List<Integer> places =
                IntStream.range(0, chart.categories().size()).boxed().toList();
        for (int i = 0; i < chart.series().size(); i++) {
            Chart.CategorySeries series = chart.series().get(i);
            List<Double> values = new ArrayList<>();
            places.forEach(place -> values.add(value(series, place)));
            bars.addSeries("s" + i, places, values).setFillColor(Palette.series(i));
        }
        return bars;
    }

    private void categories(Pen pen, Rectangle2D plot, boolean slanted) {
        double slot = plot.getWidth() / chart.categories().size();
        int every = (int) Math.max(1, Math.ceil((slanted ? 12 : 30) / slot));
        double shift = slot < NARROW ? 4 : 3;
        double angle = slot < NARROW ? UPRIGHT : SLANT;
        for (int i = 0; i < chart.categories().size(); i += every) {
            double x = plot.getX() + (i + 0.5) * slot;
            String name = chart.categories().get(i);
            if (!slanted) {
                pen.text(name, new Pen.Point(x, plot.getMaxY() + 17, slot * every - 4), Axes.STYLE, Pen.Side.CENTER);
                continue;
            }
            AffineTransform before = pen.graphics().getTransform();
            double y = plot.getMaxY() + (slot < NARROW ? 7 : 14);
            pen.graphics().rotate(angle, x + shift, y);
            pen.text(name, new Pen.Point(x + shift, y, slot < NARROW ? 54 : 80), Axes.STYLE, Pen.Side.RIGHT);
            pen.graphics().setTransform(before);
        }
    }

    /** Numbers over the bars, where they have room. */
    private void values(Pen pen, Rectangle2D plot, Ticks.Scale scale) {
        double slot = plot.getWidth() / chart.categories().size();
        if (chart.series().size() != 1 || slot < 34) {
            return;
        }
        double[] values = chart.series().get(0).values();
        for (int i = 0; i < Math.min(values.length, chart.categories().size()); i++) {
            if (Double.isFinite(values[i])) {
                double y = Axes.y(plot, scale, Math.max(0, values[i])) - 4;
                Pen.Point at = new Pen.Point(plot.getX() + (i + 0.5) * slot, y, slot);
                pen.text(Formats.number(values[i]), at, Pen.Style.of(10.5), Pen.Side.CENTER);
            }
        }
    }
}
