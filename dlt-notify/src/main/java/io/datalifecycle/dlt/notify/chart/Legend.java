package io.datalifecycle.dlt.notify.chart;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Names of series with their colours, in at most two lines below a chart. Immutable. */
final class Legend {

    private static final double LINE = 18;
    private static final double MARK = 16;
    private static final double GAP = 16;
    private static final Pen.Style STYLE = Pen.Style.of(11);

    private final List<List<Entry>> lines;

    private Legend(List<List<Entry>> lines) {
        this.lines = lines;
    }

    /** Lays names out for a width; what does not fit is counted. */
    static Legend of(List<String> names, double room) {
        List<Entry> entries = new ArrayList<>();
        double widest = Math.min(220, room / 2);
        for (int i = 0; i < names.size(); i++) {
            String name = Lettering.fit(STYLE.font(), names.get(i), widest - MARK);
            entries.add(new Entry(name, Palette.series(i), MARK + Lettering.width(STYLE.font(), name)));
        }
        List<List<Entry>> lines = new ArrayList<>();
        int next = 0;
        while (next < entries.size() && lines.size() < 2) {
            List<Entry> line = new ArrayList<>();
            double used = 0;
            double free = lines.size() == 1 ? room - 70 : room;
            while (next < entries.size()
                    && (line.isEmpty() || used + entries.get(next).width() <= free)) {
                line.add(entries.get(next));
                used += entries.get(next).width() + GAP;
                next++;
            }
            lines.add(line);
        }
        if (next < entries.size()) {
            String rest = "+ " + (entries.size() - next) + " more";
            lines.get(lines.size() - 1).add(new Entry(rest, null, Lettering.width(STYLE.font(), rest)));
        }
        return new Legend(lines);
    }

    double height() {
        return lines.isEmpty() ? 0 : lines.size() * LINE + 4;
    }

    void paint(Pen pen, Rectangle2D area) {
        double y = area.getMaxY() - lines.size() * LINE + 12;
        for (List<Entry> line : lines) {
            double x = area.getX();
            for (Entry entry : line) {
                double words = x;
                if (entry.color() != null) {
                    pen.fill(new RoundRectangle2D.Double(x, y - 7, 11, 5, 5, 5), entry.color());
                    words += MARK;
                }
                pen.left(entry.name(), words, y, area.getMaxX() - words, STYLE);
                x += entry.width() + GAP;
            }
            y += LINE;
        }
    }

    private record Entry(
            String name, @org.jspecify.annotations.Nullable Color color, double width) {}
}
