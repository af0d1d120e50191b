package io.datalifecycle.dlt.notify.pdf;

import com.lowagie.text.Document;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfPageEventHelper;
import com.lowagie.text.pdf.PdfTemplate;
import com.lowagie.text.pdf.PdfWriter;
import io.datalifecycle.dlt.notify.chart.Palette;
import org.jspecify.annotations.Nullable;

/** The foot of every sheet: whose report it is, and page n / m. Not thread-safe. */
final class PageFrame extends PdfPageEventHelper {

    private static final float SIZE = 8;

    private final BaseFont font;
    private final String words;
    private @Nullable PdfTemplate total;

    PageFrame(BaseFont font, String words) {
        this.font = font;
        this.words = words;
    }

    @Override
    public void onEndPage(PdfWriter writer, Document document) {
        if (total == null) {
            total = writer.getDirectContent().createTemplate(40, SIZE + 4);
        }
        float y = document.bottom() - 22;
        PdfContentByte canvas = writer.getDirectContent();
        canvas.saveState();
        canvas.setColorStroke(Palette.LINE);
        canvas.setLineWidth(0.6f);
        canvas.moveTo(document.left(), y + 12);
        canvas.lineTo(document.right(), y + 12);
        canvas.stroke();
        canvas.restoreState();
        String number = writer.getPageNumber() + " / ";
        float room = document.right() - document.left() - 80;
        write(canvas, fitted(room), document.left(), y);
        write(canvas, number, document.right() - 9 - font.getWidthPoint(number, SIZE), y);
        canvas.addTemplate(total, document.right() - 9, y - 2);
    }

    private String fitted(float room) {
        String text = words;
        while (font.getWidthPoint(text, SIZE) > room) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -2)).stripTrailing() + "…";
        }
        return text;
    }

    @Override
    public void onCloseDocument(PdfWriter writer, Document document) {
        if (total != null) {
            write(total, Integer.toString(writer.getPageNumber() - 1), 0, 2);
        }
    }

    private void write(PdfContentByte canvas, String text, float x, float y) {
        canvas.beginText();
        canvas.setFontAndSize(font, SIZE);
        canvas.setColorFill(Palette.MUTED);
        canvas.setTextMatrix(x, y);
        canvas.showText(text);
        canvas.endText();
    }
}
