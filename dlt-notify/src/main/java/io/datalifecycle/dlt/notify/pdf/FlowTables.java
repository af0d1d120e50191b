package io.datalifecycle.dlt.notify.pdf;

import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import io.datalifecycle.dlt.notify.chart.Formats;
import io.datalifecycle.dlt.notify.chart.Lettering;
import io.datalifecycle.dlt.notify.chart.Palette;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.view.AlertView;
import io.datalifecycle.dlt.view.TableView;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/** Tables and alert lists that go on over pages, their headings on each. */
final class FlowTables {

    private final PdfFonts fonts;
    private final Formats formats;

    FlowTables(PdfFonts fonts, Formats formats) {
        this.fonts = fonts;
        this.formats = formats;
    }

    PdfPTable rows(TableView table) {
        int columns = table.columns().size();
        float size = columns <= 8 ? 8.5f : Math.max(4.5f, 68f / columns);
        List<List<String>> cells = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            cells.add(formats.cells(table, column));
        }
        PdfPTable result = table(widths(table, cells));
        for (Column column : table.columns()) {
            result.addCell(heading(Formats.heading(column), size, align(column)));
        }
        for (int row = 0; row < table.rows().size(); row++) {
            for (int column = 0; column < columns; column++) {
                Font font = fonts.regular(size, Palette.INK);
                result.addCell(cell(
                        cells.get(column).get(row),
                        font,
                        row,
                        align(table.columns().get(column))));
            }
        }
        return result;
    }

    PdfPTable alerts(List<AlertView> alerts) {
        PdfPTable result = table(new float[] {14, 29, 27, 11, 10, 19});
        for (String name : List.of("state", "alert", "labels", "severity")) {
            result.addCell(heading(name, 8.5f, Element.ALIGN_LEFT));
        }
        result.addCell(heading("value", 8.5f, Element.ALIGN_RIGHT));
        result.addCell(heading("since", 8.5f, Element.ALIGN_LEFT));
        for (int i = 0; i < alerts.size(); i++) {
            AlertView alert = alerts.get(i);
            Font plain = fonts.regular(8.5f, Palette.INK);
            result.addCell(cell(alert.state(), fonts.bold(8.5f, Palette.level(alert.state())), i, Element.ALIGN_LEFT));
            result.addCell(cell(alert.title(), fonts.bold(8.5f, Palette.INK), i, Element.ALIGN_LEFT));
            result.addCell(cell(Formats.labels(alert.labels()), plain, i, Element.ALIGN_LEFT));
            result.addCell(
                    cell(alert.severity(), fonts.bold(8.5f, Palette.level(alert.severity())), i, Element.ALIGN_LEFT));
            result.addCell(cell(Formats.number(alert.value()), plain, i, Element.ALIGN_RIGHT));
            result.addCell(cell(formats.time(alert.since()), plain, i, Element.ALIGN_LEFT));
        }
        return result;
    }

    private static PdfPTable table(float[] widths) {
        PdfPTable table = new PdfPTable(widths);
        table.setWidthPercentage(100);
        table.setHeaderRows(1);
        return table;
    }

    private PdfPCell heading(String text, float size, int align) {
        PdfPCell cell = plain(text, fonts.bold(size, Palette.MUTED), align);
        cell.setBorder(PdfPCell.BOTTOM);
        cell.setBorderColor(Palette.MUTED);
        cell.setBorderWidth(0.7f);
        return cell;
    }

    private static PdfPCell cell(String text, Font font, int row, int align) {
        PdfPCell cell = plain(text, font, align);
        cell.setBorder(PdfPCell.NO_BORDER);
        if (row % 2 == 1) {
            Color shade = Palette.GROUND;
            cell.setBackgroundColor(shade);
        }
        return cell;
    }

    private static PdfPCell plain(String text, Font font, int align) {
        PdfPCell cell = new PdfPCell(new Phrase(Lettering.drawable(text), font));
        cell.setHorizontalAlignment(align);
        cell.setPaddingTop(2.5f);
        cell.setPaddingBottom(4f);
        cell.setPaddingLeft(7f);
        cell.setPaddingRight(7f);
        return cell;
    }

    private static int align(Column column) {
        return column.type().isNumeric() ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT;
    }

    /** By the longest of the first rows, between 5 and 40 characters. */
    private static float[] widths(TableView table, List<List<String>> cells) {
        float[] widths = new float[cells.size()];
        for (int column = 0; column < widths.length; column++) {
            int longest = Formats.heading(table.columns().get(column)).length();
            List<String> first =
                    cells.get(column).subList(0, Math.min(200, cells.get(column).size()));
            for (String cell : first) {
                longest = Math.max(longest, cell.length());
            }
            widths[column] = Math.min(40, Math.max(5, longest)) + 2;
        }
        return widths;
    }
}
