package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.view.Page;

/** Writes a page as one self-contained HTML document. Thread-safe. */
public interface PageRenderer {

    String html(Page page);
}
