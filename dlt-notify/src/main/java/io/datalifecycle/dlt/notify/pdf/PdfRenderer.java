package io.datalifecycle.dlt.notify.pdf;

import com.lowagie.text.Document;
import com.lowagie.text.DocumentException;
import com.lowagie.text.PageSize;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.PdfBoolean;
import com.lowagie.text.pdf.PdfDate;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfString;
import com.lowagie.text.pdf.PdfWriter;
import io.datalifecycle.dlt.notify.chart.Formats;
import io.datalifecycle.dlt.notify.chart.Lettering;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.DocumentRenderer;
import io.datalifecycle.dlt.view.Page;
import java.io.ByteArrayOutputStream;
import java.util.GregorianCalendar;

/**
 * Writes a page as a report on A4: title, the items in the order of the grid as vectors, tables over as many sheets as they take
 * with their headings on each, an outline, page numbers. Fonts are embedded. The same page gives the same bytes. Thread-safe.
 */
public final class PdfRenderer implements DocumentRenderer {

    private static final float MARGIN = 36;

    private final boolean landscape;

    private PdfRenderer(boolean landscape) {
        this.landscape = landscape;
    }

    /** Reports on A4 laid across; dashboards are wider than high. */
    public static PdfRenderer landscape() {
        return new PdfRenderer(true);
    }

    /** Reports on upright A4. */
    public static PdfRenderer portrait() {
        return new PdfRenderer(false);
    }

    @Override
    public byte[] pdf(Page page) {
        try {
            return StableBytes.of(written(page));
        } catch (DocumentException e) {
            throw new DltException(
                    ProblemCode.RENDERING_FAILED, "dashboard " + page.dashboard() + ": cannot be written as PDF", e);
        }
    }

    private byte[] written(Page page) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Rectangle size = landscape ? PageSize.A4.rotate() : PageSize.A4;
        try (Document document = new Document(size, MARGIN, MARGIN, MARGIN, MARGIN + 14)) {
            PdfWriter writer = PdfWriter.getInstance(document, bytes);
            PdfFonts fonts = new PdfFonts();
            Formats formats = Formats.in(page.zone());
            writer.setPageEvent(new PageFrame(
                    fonts.regular(),
                    Lettering.drawable(
                            page.title() + "  ·  " + page.workspace() + "  ·  " + formats.time(page.generatedAt()))));
            document.open();
            describe(document, writer, page);
            new ReportLayout(new Sheet(document, writer), fonts, page).write();
        }
        return bytes.toByteArray();
    }

    private static void describe(Document document, PdfWriter writer, Page page) {
        PdfDate generated =
                new PdfDate(GregorianCalendar.from(page.generatedAt().atZone(page.zone())));
        document.addTitle(Lettering.drawable(page.title()));
        document.addAuthor(Lettering.drawable(page.workspace()));
        document.addCreator("DLT for Java");
        writer.getInfo().put(PdfName.CREATIONDATE, generated);
        writer.getInfo().put(PdfName.MODDATE, generated);
        writer.getExtraCatalog().put(PdfName.LANG, new PdfString("en"));
        writer.addViewerPreference(PdfName.DISPLAYDOCTITLE, PdfBoolean.PDFTRUE);
        writer.setViewerPreferences(PdfWriter.PageModeUseOutlines);
    }
}
