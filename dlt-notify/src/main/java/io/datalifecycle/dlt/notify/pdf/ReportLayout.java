package io.datalifecycle.dlt.notify.pdf;

import com.lowagie.text.Chunk;
import com.lowagie.text.Font;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.PdfTemplate;
import io.datalifecycle.dlt.notify.chart.Formats;
import io.datalifecycle.dlt.notify.chart.GridPlan;
import io.datalifecycle.dlt.notify.chart.ItemPainter;
import io.datalifecycle.dlt.notify.chart.Lettering;
import io.datalifecycle.dlt.notify.chart.Palette;
import io.datalifecycle.dlt.notify.chart.Prose;
import io.datalifecycle.dlt.notify.chart.XChartRenderer;
import io.datalifecycle.dlt.view.Page;
import io.datalifecycle.dlt.view.PageItem;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the items of a page onto sheets, band by band. What fits its cell is drawn there; a table, alert list or text that does not
 * follows its band in full, over as many sheets as it takes.
 */
final class ReportLayout {

    /** Points per pixel: the 11 pixels of an axis become 8 points. */
    private static final float SCALE = 0.72f;

    private static final float ROW = 66;
    private static final float GAP = 12;
    /** How much lower a band may become to stay on the sheet. */
    private static final double LEAST_SHARE = 0.7;

    private final Sheet sheet;
    private final PdfFonts fonts;
    private final Page page;
    private final ItemPainter painter;
    private final Formats formats;

    ReportLayout(Sheet sheet, PdfFonts fonts, Page page) {
        this.sheet = sheet;
        this.fonts = fonts;
        this.page = page;
        this.painter = ItemPainter.in(page.zone());
        this.formats = Formats.in(page.zone());
    }

    void write() {
        title();
        for (Band band : Band.of(page.items())) {
            band(band);
        }
        if (page.items().isEmpty()) {
            sheet.flow(new Paragraph("This dashboard has no panels.", fonts.regular(10, Palette.MUTED)));
        }
    }

    private void title() {
        Paragraph title = new Paragraph(24, Lettering.drawable(page.title()), fonts.bold(20, Palette.INK));
        Paragraph below = new Paragraph(
                15, Lettering.drawable(XChartRenderer.subtitle(page, formats)), fonts.regular(9, Palette.MUTED));
        sheet.flow(column -> {
            column.addElement(title);
            column.addElement(below);
        });
        sheet.down(14);
    }

    private void band(Band band) {
        GridPlan grid = new GridPlan(sheet.width() / SCALE, ROW, GAP);
        List<PageItem> drawn = new ArrayList<>();
        List<PageItem> flowing = new ArrayList<>();
        for (PageItem item : band.items()) {
            Rectangle2D place = grid.place(item.area());
            (painter.isWhole(item, place.getWidth(), place.getHeight()) ? drawn : flowing).add(item);
        }
        if (!drawn.isEmpty()) {
            cards(new Band(drawn).compact());
        }
        flowing.forEach(this::flow);
    }

    /** One drawing for the band, so that it never parts; lower where that saves turning the sheet, or where no sheet is high enough. */
    private void cards(Band band) {
        GridPlan grid = grid(ROW);
        if (height(band, grid) > sheet.left()) {
            GridPlan lower = grid(fitting(band, sheet.left()));
            boolean near = lower.row() >= ROW * LEAST_SHARE && isWhole(band, lower);
            grid = near ? lower : grid(Math.min(ROW, fitting(band, sheet.full())));
        }
        float height = height(band, grid);
        sheet.need(height);
        PdfTemplate template = sheet.writer().getDirectContent().createTemplate(sheet.width(), height);
        Graphics2D graphics = template.createGraphics(sheet.width(), height, fonts);
        graphics.scale(SCALE, SCALE);
        for (PageItem item : band.items()) {
            Rectangle2D place = grid.place(band.place(item));
            sheet.bookmark(item.title(), sheet.y() - (float) place.getY() * SCALE);
            painter.paint(graphics, item, place);
        }
        graphics.dispose();
        sheet.writer().getDirectContent().addTemplate(template, sheet.margin(), sheet.y() - height);
        sheet.down(height + GAP * SCALE);
    }

    private GridPlan grid(double row) {
        return new GridPlan(sheet.width() / SCALE, row, GAP);
    }

    /** Height of a row with which the band is exactly that high. */
    private static double fitting(Band band, float points) {
        return Math.max(8, (points / SCALE + GAP) / band.rows() - GAP);
    }

    private static float height(Band band, GridPlan grid) {
        return (float) (band.rows() * (grid.row() + GAP) - GAP) * SCALE;
    }

    private boolean isWhole(Band band, GridPlan grid) {
        return band.items().stream().allMatch(item -> {
            Rectangle2D place = grid.place(band.place(item));
            return painter.isWhole(item, place.getWidth(), place.getHeight());
        });
    }

    private void flow(PageItem item) {
        sheet.need(90);
        sheet.bookmark(item.title(), sheet.y());
        if (!item.title().isBlank()) {
            sheet.flow(new Paragraph(16, Lettering.drawable(item.title()), fonts.bold(11, Palette.INK)));
            sheet.down(6);
        }
        if (item instanceof PageItem.TableItem table && !table.table().columns().isEmpty()) {
            sheet.flow(new FlowTables(fonts, formats).rows(table.table()));
            if (table.table().truncated()) {
                String words = "The first " + table.table().rows().size() + " rows; there are more.";
                sheet.flow(new Paragraph(14, words, fonts.regular(8.5f, Palette.MUTED)));
            }
        } else if (item instanceof PageItem.AlertItem alerts) {
            sheet.flow(new FlowTables(fonts, formats).alerts(alerts.alerts()));
        } else if (item instanceof PageItem.TextItem text) {
            text(Prose.of(text.markdown()));
        }
        sheet.down(16);
    }

    private void text(Prose prose) {
        sheet.flow(column -> prose.blocks().forEach(block -> column.addElement(paragraph(block))));
    }

    private Paragraph paragraph(Prose.Block block) {
        float size = block.level() == 0 ? 9.5f : Math.max(10, 15 - 1.5f * block.level());
        Phrase words = new Phrase();
        if (!block.marker().isEmpty()) {
            words.add(new Chunk(block.marker() + "  ", fonts.regular(size, Palette.MUTED)));
        }
        for (Prose.Span span : block.spans()) {
            boolean bold = span.strong() || block.level() > 0;
            Font font = bold ? fonts.bold(size, Palette.INK) : fonts.regular(size, Palette.INK);
            words.add(new Chunk(Lettering.drawable(span.text()), font));
        }
        Paragraph paragraph = new Paragraph(size * 1.45f);
        paragraph.add(words);
        paragraph.setIndentationLeft(block.depth() * 14f);
        paragraph.setSpacingAfter(4);
        return paragraph;
    }
}
