package io.datalifecycle.dlt.notify.chart;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ChartRenderer;
import io.datalifecycle.dlt.view.Page;
import io.datalifecycle.dlt.view.PageItem;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneId;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Draws items and pages as PNG with XChart and Java2D, without a screen. Images have twice the pixels of their size, so that they
 * are sharp on dense screens; the same input gives the same bytes. Thread-safe.
 */
public final class XChartRenderer implements ChartRenderer {

    /** Pixels of the image for each pixel of its size. */
    public static final int DENSITY = 2;

    private static final int MARGIN = 20;
    private static final int TITLE = 54;
    private static final double ROW = 76;
    private static final double GAP = 14;
    /** Larger sizes are drawn at this one, so that no panel fills the memory. */
    private static final int LARGEST = 4_000;
    /** About 100 megapixels: a page that is longer is cut rather than filling the memory. */
    private static final int LONGEST = 20_000;

    @Override
    public byte[] png(PageItem item, ZoneId zone, int width, int height) {
        if (width < 40 || height < 30) {
            throw new IllegalArgumentException(
                    "width, height: " + width + " x " + height + ", at least 40 x 30 is needed");
        }
        int wide = Math.min(LARGEST, width);
        int high = Math.min(LARGEST, height);
        BufferedImage image = image(wide, high);
        Graphics2D graphics = canvas(image);
        ItemPainter.in(zone).paint(graphics, item, new Rectangle2D.Double(0, 0, wide, high));
        graphics.dispose();
        return encoded(image);
    }

    @Override
    public byte[] png(Page page, int width) {
        if (width < 200 || width > 4_000) {
            throw new IllegalArgumentException("width: " + width + ", allowed are 200 to 4000");
        }
        GridPlan grid = new GridPlan(width - 2.0 * MARGIN, ROW, GAP);
        int height = (int) Math.min(LONGEST, Math.ceil(grid.height(page.items())) + TITLE + 2 * MARGIN);
        BufferedImage image = image(width, height);
        Graphics2D graphics = canvas(image);
        Pen pen = Pen.on(graphics);
        pen.fill(new Rectangle2D.Double(0, 0, width, height), Palette.GROUND);
        title(pen, page, width);
        ItemPainter painter = ItemPainter.in(page.zone());
        for (PageItem item : page.items()) {
            Rectangle2D place = grid.place(item.area());
            painter.paint(
                    graphics,
                    item,
                    new Rectangle2D.Double(
                            Math.round(place.getX() + MARGIN),
                            Math.round(place.getY() + MARGIN + TITLE),
                            Math.round(place.getWidth()),
                            Math.round(place.getHeight())));
        }
        graphics.dispose();
        return encoded(image);
    }

    private static void title(Pen pen, Page page, int width) {
        Formats formats = Formats.in(page.zone());
        double room = width - 2.0 * MARGIN;
        pen.left(page.title(), MARGIN, MARGIN + 20, room, Pen.Style.bold(22));
        pen.left(subtitle(page, formats), MARGIN, MARGIN + 40, room, Pen.Style.muted(12));
    }

    /** Workspace, span, zone and time of a page in one line. */
    public static String subtitle(Page page, Formats formats) {
        StringBuilder text = new StringBuilder(page.workspace());
        page.range()
                .ifPresent(range -> text.append("  ·  ")
                        .append(formats.time(range.from()))
                        .append(" – ")
                        .append(formats.time(range.to())));
        text.append("  ·  ").append(formats.zoneName(page.generatedAt()));
        return text.append("  ·  as of ")
                .append(formats.time(page.generatedAt()))
                .toString();
    }

    private static BufferedImage image(int width, int height) {
        return new BufferedImage(width * DENSITY, height * DENSITY, BufferedImage.TYPE_INT_RGB);
    }

    private static Graphics2D canvas(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(java.awt.Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.scale(DENSITY, DENSITY);
        return graphics;
    }

    private static byte[] encoded(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new DltException(ProblemCode.RENDERING_FAILED, "image: cannot be encoded", e);
        }
        return bytes.toByteArray();
    }
}
