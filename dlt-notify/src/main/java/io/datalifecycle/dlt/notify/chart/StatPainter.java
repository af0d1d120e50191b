package io.datalifecycle.dlt.notify.chart;

import io.datalifecycle.dlt.view.PageItem;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/** One large number in the colour of its level. */
final class StatPainter {

    private final PageItem.StatItem item;

    StatPainter(PageItem.StatItem item) {
        this.item = item;
    }

    void paint(Pen pen, Rectangle2D area) {
        boolean raised = !item.level().equals("normal");
        Color color = raised ? Palette.level(item.level()) : Palette.INK;
        double size = Math.max(14, Math.min(36, Math.min(area.getHeight() * 0.74, area.getWidth() / 5.5)));
        String number = Formats.number(item.value());
        double width = Lettering.width(Lettering.bold(size), number);
        double baseline = area.getCenterY() + size * 0.36;
        pen.left(
                number,
                area.getX(),
                baseline,
                area.getWidth(),
                Pen.Style.bold(size).in(color));
        if (!Double.isNaN(item.value())) {
            pen.left(
                    item.unit(),
                    area.getX() + width + 6,
                    baseline,
                    area.getWidth() - width - 6,
                    Pen.Style.muted(Math.max(11, size * 0.48)));
        }
        if (raised) {
            double badge = Pen.badgeWidth(item.level(), 110);
            if (width + 70 + badge < area.getWidth()) {
                pen.badge(item.level(), new Pen.Point(area.getMaxX() - badge, baseline, badge), item.level());
            }
        }
    }

    /** A stripe at the left edge of the card, so that the level is seen without reading. */
    static void stripe(Pen pen, Rectangle2D card, String level) {
        pen.fill(
                new RoundRectangle2D.Double(card.getX() + 1, card.getY() + 8, 3.5, card.getHeight() - 16, 3, 3),
                Palette.level(level));
    }
}
