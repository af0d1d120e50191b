package io.datalifecycle.dlt.notify.chart;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Axis of numbers at the left, lines behind the data, thresholds over them. */
final class Axes {

    static final Pen.Style STYLE = Pen.Style.muted(11);

    private Axes() {}

    /** Room that the labels of a scale need at the left. */
    static double roomFor(Ticks.Scale scale) {
        double widest = 0;
        for (Ticks.Tick tick : scale.ticks()) {
            widest = Math.max(widest, Lettering.width(STYLE.font(), tick.label()));
        }
        return widest + 10;
    }

    static void numbers(Pen pen, Rectangle2D plot, Ticks.Scale scale) {
        for (Ticks.Tick tick : scale.ticks()) {
            double y = y(plot, scale, tick.at());
            pen.line(plot.getX(), y, plot.getMaxX(), y, tick.at() == 0 ? Palette.LINE.darker() : Palette.GRID);
            pen.text(tick.label(), new Pen.Point(plot.getX() - 7, y + 4, 200), STYLE, Pen.Side.RIGHT);
        }
    }

    static void times(Pen pen, Rectangle2D plot, List<Ticks.Tick> ticks, double from, double to) {
        pen.line(plot.getX(), plot.getMaxY(), plot.getMaxX(), plot.getMaxY(), Palette.LINE.darker());
        for (Ticks.Tick tick : ticks) {
            double x = plot.getX() + (tick.at() - from) / (to - from) * plot.getWidth();
            pen.line(x, plot.getY(), x, plot.getMaxY() + 4, Palette.GRID);
            pen.line(x, plot.getMaxY(), x, plot.getMaxY() + 4, Palette.LINE.darker());
            Pen.Style style = tick.strong() ? new Pen.Style(Lettering.bold(11), Palette.MUTED) : STYLE;
            double half = Lettering.width(style.font(), tick.label()) / 2;
            double middle = Math.min(x, plot.getMaxX() + 10 - half);
            pen.text(tick.label(), new Pen.Point(middle, plot.getMaxY() + 17, 120), style, Pen.Side.CENTER);
        }
    }

    /** A dashed line with its name and value above its right end. */
    static void threshold(Pen pen, Rectangle2D plot, Ticks.Scale scale, String label, double value) {
        double y = y(plot, scale, value);
        pen.stroke(
                new Line2D.Double(plot.getX(), y, plot.getMaxX(), y), Palette.level(thresholdLevel(label)), Pen.DASHED);
        String words = label.isEmpty() ? Formats.number(value) : label + " " + Formats.number(value);
        Pen.Style style = new Pen.Style(Lettering.regular(10.5), Palette.level(thresholdLevel(label)));
        double above = y - 4 < plot.getY() + 8 ? y + 12 : y - 4;
        pen.text(words, new Pen.Point(plot.getMaxX() - 4, above, plot.getWidth() * 0.6), style, Pen.Side.RIGHT);
    }

    /** Thresholds that are not named after a severity are drawn as critical ones. */
    static String thresholdLevel(String label) {
        return switch (label.toLowerCase(java.util.Locale.ROOT)) {
            case "warning", "info", "normal" -> label.toLowerCase(java.util.Locale.ROOT);
            default -> "critical";
        };
    }

    static double y(Rectangle2D plot, Ticks.Scale scale, double value) {
        return plot.getMaxY() - scale.share(value) * plot.getHeight();
    }
}
