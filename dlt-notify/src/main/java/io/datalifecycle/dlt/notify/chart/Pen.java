package io.datalifecycle.dlt.notify.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/** Draws words and lines; every text goes through {@link Lettering#fit}. Not thread-safe, like its {@code Graphics2D}. */
record Pen(Graphics2D graphics) {

    static final BasicStroke HAIR = new BasicStroke(1f);
    static final BasicStroke DASHED =
            new BasicStroke(1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {5f, 4f}, 0f);

    static Pen on(Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return new Pen(graphics);
    }

    /** Where a text stands against its point. */
    enum Side {
        LEFT,
        CENTER,
        RIGHT
    }

    /** Writes one line, no wider than the room; gives the width it took. */
    double text(String text, Point at, Style style, Side side) {
        String fitted = Lettering.fit(style.font(), text, at.room());
        if (fitted.isEmpty()) {
            return 0;
        }
        double width = Lettering.width(style.font(), fitted);
        double x = side == Side.LEFT ? at.x() : side == Side.RIGHT ? at.x() - width : at.x() - width / 2;
        graphics.setFont(style.font());
        graphics.setColor(style.color());
        graphics.drawString(fitted, (float) x, (float) at.y());
        return width;
    }

    double left(String text, double x, double y, double room, Style style) {
        return text(text, new Point(x, y, room), style, Side.LEFT);
    }

    /** Centred in an area, both ways. */
    void centered(String text, Rectangle2D area, Style style) {
        Point at = new Point(area.getCenterX(), area.getCenterY() + style.font().getSize2D() * 0.36, area.getWidth());
        text(text, at, style, Side.CENTER);
    }

    void fill(Shape shape, Color color) {
        graphics.setColor(color);
        graphics.fill(shape);
    }

    void line(double fromX, double fromY, double toX, double toY, Color color) {
        stroke(new Line2D.Double(fromX, fromY, toX, toY), color, HAIR);
    }

    void stroke(Shape shape, Color color, BasicStroke stroke) {
        graphics.setColor(color);
        graphics.setStroke(stroke);
        graphics.draw(shape);
    }

    /** Width of a rounded label. */
    static double badgeWidth(String text, double room) {
        return Math.min(room, Lettering.width(Lettering.bold(10), Lettering.drawable(text)) + 14);
    }

    /** A rounded label of a level or state, no wider than the room; gives its width. */
    double badge(String text, Point at, String level) {
        double width = badgeWidth(text, at.room());
        fill(new RoundRectangle2D.Double(at.x(), at.y() - 11.5, width, 16, 16, 16), Palette.tint(level));
        left(text, at.x() + 7, at.y(), width - 13, new Style(Lettering.bold(10), Palette.level(level)));
        return width;
    }

    /** A font and a colour. */
    record Style(Font font, Color color) {
        static Style of(double size) {
            return new Style(Lettering.regular(size), Palette.INK);
        }

        static Style muted(double size) {
            return new Style(Lettering.regular(size), Palette.MUTED);
        }

        static Style bold(double size) {
            return new Style(Lettering.bold(size), Palette.INK);
        }

        Style in(Color other) {
            return new Style(font, other);
        }
    }

    /** A point with the width that is free there. */
    record Point(double x, double y, double room) {}
}
