package io.datalifecycle.dlt.notify.pdf;

import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.pdf.ColumnText;
import com.lowagie.text.pdf.PdfDestination;
import com.lowagie.text.pdf.PdfOutline;
import com.lowagie.text.pdf.PdfWriter;
import io.datalifecycle.dlt.notify.chart.Lettering;
import java.util.function.Consumer;

/** Where the next thing goes on the open page of a document; turns the page when it is full. Not thread-safe. */
final class Sheet {

    /** More pages than anybody reads; what is beyond is a mistake in a template, not a report. */
    private static final int MOST_PAGES = 2_000;

    private final Document document;
    private final PdfWriter writer;
    private float y;

    Sheet(Document document, PdfWriter writer) {
        this.document = document;
        this.writer = writer;
        this.y = document.top();
    }

    PdfWriter writer() {
        return writer;
    }

    /** Where lines begin. */
    float margin() {
        return document.left();
    }

    /** Height that is left on the open page. */
    float left() {
        return y - document.bottom();
    }

    float width() {
        return document.right() - document.left();
    }

    /** Height of an empty page. */
    float full() {
        return document.top() - document.bottom();
    }

    float y() {
        return y;
    }

    void down(float by) {
        y -= by;
    }

    /** Begins a page unless that much room is left on this one. */
    void need(float height) {
        if (y - height < document.bottom() - 0.5f && y < document.top()) {
            turn();
        }
    }

    private void turn() {
        document.newPage();
        y = document.top();
    }

    /** An entry of the outline that leads here. */
    void bookmark(String title, float at) {
        if (!title.isBlank()) {
            PdfDestination here = new PdfDestination(PdfDestination.XYZ, 0, at + 6, 0);
            new PdfOutline(writer.getRootOutline(), here, Lettering.drawable(title), false);
        }
    }

    /** Flows elements over as many pages as they take; tables repeat their header rows. */
    void flow(Consumer<ColumnText> content) {
        ColumnText column = new ColumnText(writer.getDirectContent());
        content.accept(column);
        int status = ColumnText.NO_MORE_COLUMN;
        for (int pages = 0; ColumnText.hasMoreText(status) && pages < MOST_PAGES; pages++) {
            if (pages > 0) {
                turn();
            }
            column.setSimpleColumn(margin(), document.bottom(), margin() + width(), y);
            status = column.go();
        }
        y = column.getYLine();
    }

    void flow(Element element) {
        flow(column -> column.addElement(element));
    }
}
