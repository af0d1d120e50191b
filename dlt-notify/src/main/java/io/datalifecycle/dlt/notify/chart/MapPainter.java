package io.datalifecycle.dlt.notify.chart;

import io.datalifecycle.dlt.view.Chart;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Points on a grid of coordinates, with a scale in kilometres; no tiles, nothing fetched. */
final class MapPainter {

    private static final double RADIUS = 6;
    /** Where there are many points. */
    private static final double SMALL_RADIUS = 4;

    private static final Pen.Style LABEL = Pen.Style.of(11);
    private static final Color SEA = new Color(0xf3f7fb);

    private final Chart.GeoMap chart;
    private final List<Chart.GeoPoint> points;
    private final double low;
    private final double high;

    MapPainter(Chart.GeoMap chart) {
        this.chart = chart;
        this.points = drawn(chart);
        this.low = points.stream()
                .mapToDouble(Chart.GeoPoint::value)
                .filter(Double::isFinite)
                .min()
                .orElse(Double.NaN);
        this.high = points.stream()
                .mapToDouble(Chart.GeoPoint::value)
                .filter(Double::isFinite)
                .max()
                .orElse(Double.NaN);
    }

    /** Points that have a place on the globe. */
    static List<Chart.GeoPoint> drawn(Chart.GeoMap chart) {
        return chart.points().stream()
                .filter(point -> Math.abs(point.latitude()) <= 90 && Math.abs(point.longitude()) <= 180)
                .toList();
    }

    void paint(Pen pen, Rectangle2D area) {
        double below = Double.isNaN(low) ? 20 : 44;
        Rectangle2D plot = Plot.whole(area.getX() + 56, area.getY(), area.getWidth() - 58, area.getHeight() - below);
        MapFrame frame = MapFrame.around(points, plot);
        pen.fill(plot, SEA);
        graticule(pen, frame);
        Shape clip = pen.graphics().getClip();
        pen.graphics().clip(plot);
        List<Rectangle2D> taken = new ArrayList<>();
        for (Chart.GeoPoint point : points) {
            Point2D at = frame.place(point.latitude(), point.longitude());
            dot(pen, at, color(point.value()));
            double radius = radius();
            taken.add(new Rectangle2D.Double(at.getX() - radius, at.getY() - radius, 2 * radius, 2 * radius));
        }
        points.forEach(point -> label(pen, frame, point, taken));
        distance(pen, frame);
        pen.graphics().setClip(clip);
        pen.stroke(plot, Palette.LINE, Pen.HAIR);
        if (!Double.isNaN(low)) {
            ramp(
                    pen,
                    new Rectangle2D.Double(plot.getX(), area.getMaxY() - 14, Math.min(180, plot.getWidth() * 0.5), 7));
        }
    }

    private Color color(double value) {
        if (!Double.isFinite(value)) {
            return Palette.series(0);
        }
        return Palette.ramp(high > low ? (value - low) / (high - low) : 0);
    }

    private double radius() {
        return points.size() > 60 ? SMALL_RADIUS : RADIUS;
    }

    private void dot(Pen pen, Point2D at, Color color) {
        double radius = radius();
        Ellipse2D circle = new Ellipse2D.Double(at.getX() - radius, at.getY() - radius, 2 * radius, 2 * radius);
        pen.fill(circle, color);
        pen.stroke(circle, Color.WHITE, new BasicStroke(1.5f));
    }

    private static void graticule(Pen pen, MapFrame frame) {
        Rectangle2D plot = frame.area();
        double step = MapFrame.step(frame.perLongitude(), 90);
        for (double at = Math.ceil(frame.west() / step) * step; at <= frame.east(); at += step) {
            if (Math.abs(at) > 180 + 1e-9) {
                continue;
            }
            double x = frame.place(0, at).getX();
            pen.line(x, plot.getY(), x, plot.getMaxY(), Palette.LINE);
            double room = Math.min(88, 2 * Math.min(x - plot.getX() + 40, plot.getMaxX() + 2 - x));
            String words = MapFrame.degrees(at, step, 'E', 'W');
            if (Lettering.width(Axes.STYLE.font(), words) <= room) {
                pen.text(words, new Pen.Point(x, plot.getMaxY() + 15, room), Axes.STYLE, Pen.Side.CENTER);
            }
        }
        step = MapFrame.step(frame.perLatitude(), 55);
        for (double at = Math.ceil(frame.south() / step) * step; at <= frame.north(); at += step) {
            if (Math.abs(at) > 90 + 1e-9) {
                continue;
            }
            double y = frame.place(at, 0).getY();
            pen.line(plot.getX(), y, plot.getMaxX(), y, Palette.LINE);
            if (y > plot.getY() + 6) {
                String words = MapFrame.degrees(at, step, 'N', 'S');
                pen.text(words, new Pen.Point(plot.getX() - 5, y + 4, 60), Axes.STYLE, Pen.Side.RIGHT);
            }
        }
    }

    /** The name of a point at the first of four places where it covers nothing; left out when there is none. */
    private static void label(Pen pen, MapFrame frame, Chart.GeoPoint point, List<Rectangle2D> taken) {
        String words = Lettering.fit(LABEL.font(), point.label(), 140);
        double width = Lettering.width(LABEL.font(), words);
        Point2D at = frame.place(point.latitude(), point.longitude());
        double[][] places = {{9, 4}, {-9 - width, 4}, {-width / 2, -10}, {-width / 2, 19}};
        for (double[] place : places) {
            double x = at.getX() + place[0];
            double y = at.getY() + place[1];
            Rectangle2D box = new Rectangle2D.Double(x - 1, y - 10, width + 2, 13);
            if (frame.area().contains(box) && taken.stream().noneMatch(box::intersects)) {
                pen.left(words, x, y, 200, LABEL);
                taken.add(box);
                return;
            }
        }
    }

    private static void distance(Pen pen, MapFrame frame) {
        double kilometres = Ticks.roundStep(70 / frame.perKilometre());
        double length = kilometres * frame.perKilometre();
        double right = frame.area().getMaxX() - 10;
        double y = frame.area().getMaxY() - 9;
        if (length > frame.area().getWidth() / 2) {
            return;
        }
        String words = kilometres >= 1 ? Formats.number(kilometres) + " km" : Formats.number(kilometres * 1000) + " m";
        pen.line(right - length, y, right, y, Palette.MUTED);
        pen.line(right - length, y - 4, right - length, y, Palette.MUTED);
        pen.line(right, y - 4, right, y, Palette.MUTED);
        pen.text(words, new Pen.Point(right - length / 2, y - 5, length + 40), Pen.Style.muted(10), Pen.Side.CENTER);
    }

    private void ramp(Pen pen, Rectangle2D area) {
        String least = Formats.number(low);
        double x = area.getX() + pen.left(least, area.getX(), area.getMaxY(), 80, Axes.STYLE) + 7;
        if (high > low) {
            for (int i = 0; i < 40; i++) {
                double width = area.getWidth() / 40;
                pen.fill(
                        new Rectangle2D.Double(x + i * width, area.getY(), width + 0.5, area.getHeight()),
                        Palette.ramp(i / 39.0));
            }
            pen.left(Formats.number(high, chart.unit()), x + area.getWidth() + 7, area.getMaxY(), 120, Axes.STYLE);
        } else {
            pen.left(chart.unit(), x - 3, area.getMaxY(), 80, Axes.STYLE);
        }
    }
}
