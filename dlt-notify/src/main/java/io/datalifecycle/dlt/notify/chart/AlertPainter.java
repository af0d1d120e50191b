package io.datalifecycle.dlt.notify.chart;

import io.datalifecycle.dlt.view.AlertView;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** A list of alerts: state, title and labels, severity, value, since when. */
final class AlertPainter {

    private static final double ROW = 38;
    /** Where labels and time do not fit beside each other, the time gets a line of its own. */
    private static final double NARROW = 420;

    private static final double STATE = 84;
    private static final Pen.Style TITLE = Pen.Style.bold(12);

    private final List<AlertView> alerts;
    private final Formats formats;

    AlertPainter(List<AlertView> alerts, Formats formats) {
        this.alerts = alerts;
        this.formats = formats;
    }

    /** Whether every alert has room and no title is cut. */
    boolean isWhole(double width, double height) {
        return alerts.size() * height(width) <= height
                && alerts.stream()
                        .allMatch(alert -> Lettering.width(TITLE.font(), Lettering.drawable(alert.title()))
                                        + STATE
                                        + 8
                                        + badgeWidth(alert)
                                <= width);
    }

    private static double badgeWidth(AlertView alert) {
        return Pen.badgeWidth(alert.severity(), 110);
    }

    private static double height(double width) {
        return width < NARROW ? ROW + 14 : ROW;
    }

    void paint(Pen pen, Rectangle2D area) {
        double height = height(area.getWidth());
        int room = (int) Math.floor(area.getHeight() / height);
        int shown =
                alerts.size() <= room ? alerts.size() : Math.max(0, (int) Math.floor((area.getHeight() - 18) / height));
        for (int i = 0; i < shown; i++) {
            double y = area.getY() + i * height;
            if (i > 0) {
                pen.line(area.getX(), y, area.getMaxX(), y, Palette.GRID);
            }
            row(pen, new Rectangle2D.Double(area.getX(), y, area.getWidth(), height), alerts.get(i));
        }
        if (shown < alerts.size()) {
            String rest = "+ " + (alerts.size() - shown) + " more";
            pen.left(rest, area.getX(), area.getY() + shown * height + 14, area.getWidth(), Pen.Style.muted(11));
        }
    }

    private void row(Pen pen, Rectangle2D row, AlertView alert) {
        pen.badge(alert.state(), new Pen.Point(row.getX(), row.getY() + 17, STATE - 6), alert.state());
        double right = row.getMaxX();
        Pen.Style small = Pen.Style.muted(10.5);
        String severity = alert.severity();
        double badge = badgeWidth(alert);
        pen.badge(severity, new Pen.Point(right - badge, row.getY() + 17, badge), severity);
        double words = row.getX() + STATE;
        pen.left(alert.title(), words, row.getY() + 17, right - badge - 8 - words, TITLE);
        String since = "since " + formats.time(alert.since());
        double taken = 0;
        if (row.getWidth() < NARROW) {
            pen.left(since, words, row.getY() + 45, right - words, small);
        } else {
            taken = 10 + pen.text(since, new Pen.Point(right, row.getY() + 31, 170), small, Pen.Side.RIGHT);
        }
        pen.left(details(alert), words, row.getY() + 31, right - taken - words, small);
    }

    private static String details(AlertView alert) {
        String labels = Formats.labels(alert.labels());
        if (Double.isNaN(alert.value())) {
            return labels;
        }
        return (labels.isEmpty() ? "" : labels + " · ") + "value " + Formats.number(alert.value());
    }
}
