package io.datalifecycle.dlt.notify.chart;

import io.datalifecycle.dlt.view.Chart;
import java.awt.BasicStroke;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** A ring of shares, its sum in the middle, names and percentages beside it. */
final class PiePainter {

    private static final int MOST = 9;
    /** Thickness of the ring as a share of its width. */
    private static final double RING = 0.19;

    private final Chart.Pie chart;
    private final List<Chart.Slice> slices;
    private final double sum;

    PiePainter(Chart.Pie chart) {
        this.chart = chart;
        this.slices = drawn(chart);
        this.sum = slices.stream().mapToDouble(Chart.Slice::value).sum();
    }

    /** What can be drawn of the slices: values above zero, the last ones together when there are many. */
    static List<Chart.Slice> drawn(Chart.Pie chart) {
        List<Chart.Slice> positive = chart.slices().stream()
                .filter(slice -> slice.value() > 0 && Double.isFinite(slice.value()))
                .toList();
        if (positive.size() <= MOST) {
            return positive;
        }
        List<Chart.Slice> result = new ArrayList<>(positive.subList(0, MOST - 1));
        List<Chart.Slice> rest = positive.subList(MOST - 1, positive.size());
        result.add(new Chart.Slice(
                "Other (" + rest.size() + ")",
                rest.stream().mapToDouble(Chart.Slice::value).sum()));
        return result;
    }

    void paint(Pen pen, Rectangle2D area) {
        boolean wide = area.getWidth() > area.getHeight() * 1.25;
        double legendHeight = wide ? area.getHeight() : Math.min(area.getHeight() * 0.45, slices.size() * 19 + 6);
        double side = wide
                ? Math.min(area.getHeight() - 4, area.getWidth() * 0.46)
                : Math.min(area.getWidth() - 4, area.getHeight() - legendHeight - 8);
        double x = wide ? area.getX() + 4 : area.getCenterX() - side / 2;
        double y = wide ? area.getCenterY() - side / 2 : area.getY();
        Rectangle2D ring = Plot.whole(x, y, side, side);
        ring(pen, ring);
        middle(pen, ring);
        Rectangle2D list = wide
                ? new Rectangle2D.Double(
                        ring.getMaxX() + 18, area.getY(), area.getMaxX() - ring.getMaxX() - 18, area.getHeight())
                : new Rectangle2D.Double(area.getX(), area.getMaxY() - legendHeight, area.getWidth(), legendHeight);
        list(pen, list);
    }

    /** Drawn here and not by XChart, whose rings show hair lines across the hole in documents. */
    private void ring(Pen pen, Rectangle2D area) {
        Rectangle2D hole = new Rectangle2D.Double(
                area.getX() + area.getWidth() * RING,
                area.getY() + area.getHeight() * RING,
                area.getWidth() * (1 - 2 * RING),
                area.getHeight() * (1 - 2 * RING));
        double start = 90;
        for (int i = 0; i < slices.size(); i++) {
            double extent = -360 * slices.get(i).value() / sum;
            Path2D sector = new Path2D.Double();
            sector.append(new Arc2D.Double(area, start, extent, Arc2D.OPEN), false);
            sector.append(new Arc2D.Double(hole, start + extent, -extent, Arc2D.OPEN), true);
            sector.closePath();
            pen.fill(sector, Palette.series(i));
            if (slices.size() > 1) {
                pen.stroke(sector, Palette.PANEL, new BasicStroke(1.5f));
            }
            start += extent;
        }
    }

    private void middle(Pen pen, Rectangle2D ring) {
        double size = Math.max(11, Math.min(22, ring.getWidth() / 8));
        double room = ring.getWidth() * 0.5;
        Pen.Point at = new Pen.Point(ring.getCenterX(), ring.getCenterY() + size * 0.3, room);
        pen.text(Formats.number(sum), at, Pen.Style.bold(size), Pen.Side.CENTER);
        Pen.Point below = new Pen.Point(ring.getCenterX(), ring.getCenterY() + size * 0.3 + 14, room);
        pen.text(chart.unit(), below, Pen.Style.muted(10.5), Pen.Side.CENTER);
    }

    private void list(Pen pen, Rectangle2D area) {
        int lines = (int) Math.min(slices.size(), Math.max(1, Math.floor(area.getHeight() / 19)));
        double y = Math.max(area.getY(), area.getCenterY() - lines * 19 / 2.0) + 13;
        for (int i = 0; i < lines; i++) {
            Chart.Slice slice = slices.get(i);
            boolean last = i == lines - 1 && lines < slices.size();
            if (last) {
                pen.left(
                        "+ " + (slices.size() - i) + " more",
                        area.getX() + 14,
                        y,
                        area.getWidth(),
                        Pen.Style.muted(11));
                return;
            }
            pen.fill(new Ellipse2D.Double(area.getX(), y - 8, 8, 8), Palette.series(i));
            String share = Formats.number(Math.round(slice.value() / sum * 1000) / 10.0) + " %";
            double taken = pen.text(share, new Pen.Point(area.getMaxX(), y, 60), Pen.Style.muted(11), Pen.Side.RIGHT);
            pen.left(slice.label(), area.getX() + 14, y, area.getWidth() - 22 - taken, Pen.Style.of(11));
            y += 19;
        }
    }
}
