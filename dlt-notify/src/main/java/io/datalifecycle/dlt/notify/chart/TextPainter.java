package io.datalifecycle.dlt.notify.chart;

import java.awt.Font;
import java.awt.geom.Rectangle2D;

/** Words in lines, headings larger; what has no room ends with an ellipsis. */
final class TextPainter {

    private static final double SIZE = 12.5;

    private final Prose prose;

    TextPainter(Prose prose) {
        this.prose = prose;
    }

    /** Gives whether everything had room. */
    boolean paint(Pen pen, Rectangle2D area) {
        double y = area.getY();
        for (Prose.Block block : prose.blocks()) {
            double size = size(block);
            double lineHeight = size * 1.45;
            if (y + lineHeight > area.getMaxY()) {
                pen.left("…", area.getX(), Math.min(area.getMaxY(), y + 8), area.getWidth(), Pen.Style.muted(SIZE));
                return false;
            }
            y = block(pen, block, new Rectangle2D.Double(area.getX(), y, area.getWidth(), area.getMaxY() - y)) + 6;
        }
        return y - 6 <= area.getMaxY() + SIZE;
    }

    static double size(Prose.Block block) {
        return block.level() == 0 ? SIZE : Math.max(SIZE, 20 - 2 * block.level());
    }

    /** Word by word, so that weight may change within a line; gives where the next block begins. */
    private static double block(Pen pen, Prose.Block block, Rectangle2D area) {
        double size = size(block);
        double lineHeight = size * 1.45;
        double left = area.getX() + block.depth() * 16;
        double right = area.getMaxX();
        double y = area.getY() + size;
        if (!block.marker().isEmpty()) {
            pen.left(block.marker(), left - 14, y, 30, Pen.Style.of(size));
        }
        double x = left;
        for (Prose.Span span : block.spans()) {
            Font font = span.strong() || block.level() > 0 ? Lettering.bold(size) : Lettering.regular(size);
            double space = Lettering.width(font, " ");
            for (String word : Lettering.drawable(span.text()).split("(?<= )")) {
                double width = Lettering.width(font, word.stripTrailing());
                if (x > left && x + width > right) {
                    x = left;
                    y += lineHeight;
                }
                if (y > area.getMaxY()) {
                    return y;
                }
                pen.left(word.stripTrailing(), x, y, right - x, new Pen.Style(font, Palette.INK));
                x += width + (word.endsWith(" ") ? space : 0);
            }
        }
        return y + lineHeight - size;
    }
}
