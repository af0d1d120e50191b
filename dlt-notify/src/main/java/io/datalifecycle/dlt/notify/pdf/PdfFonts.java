package io.datalifecycle.dlt.notify.pdf;

import com.lowagie.text.Font;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.FontMapper;
import io.datalifecycle.dlt.notify.chart.Lettering;
import java.awt.Color;
import java.io.IOException;

/** The two embedded fonts of one document; each document has its own, because a subset belongs to one file. Not thread-safe. */
final class PdfFonts implements FontMapper {

    private final BaseFont regular = load(Lettering.REGULAR);
    private final BaseFont bold = load(Lettering.BOLD);

    private static BaseFont load(String resource) {
        try {
            String name = resource.substring(resource.lastIndexOf('/') + 1);
            return BaseFont.createFont(
                    name, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, Lettering.bytes(resource), null);
        } catch (IOException e) {
            throw new IllegalStateException(resource, e);
        }
    }

    Font regular(float size, Color color) {
        return new Font(regular, size, Font.NORMAL, color);
    }

    Font bold(float size, Color color) {
        return new Font(bold, size, Font.NORMAL, color);
    }

    BaseFont regular() {
        return regular;
    }

    @Override
    public BaseFont awtToPdf(java.awt.Font font) {
        return font.getFontName(java.util.Locale.ROOT).contains("Bold") ? bold : regular;
    }

    @Override
    public java.awt.Font pdfToAwt(BaseFont font, int size) {
        return font == bold ? Lettering.bold(size) : Lettering.regular(size);
    }
}
