package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.view.Page;

/** Writes a page as a PDF document. Thread-safe. */
public interface DocumentRenderer {

    byte[] pdf(Page page);
}
