package io.datalifecycle.dlt.connector;

import io.datalifecycle.dlt.ingest.CsvFormat;
import java.net.URI;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/**
 * Options of an HTTP connector. Immutable.
 *
 * @param url what is asked
 * @param headers sent with every question
 * @param format {@code json}, {@code ndjson} or {@code csv}
 * @param csv how CSV is written
 * @param rows where the rows are in a JSON answer
 * @param cursor asks for what is new; empty to ask for everything each time
 * @param paging how further pages are asked for; empty for one page
 */
record HttpOptions(
        URI url,
        Map<String, String> headers,
        String format,
        CsvFormat csv,
        JsonPointer rows,
        Optional<Cursor> cursor,
        Optional<Paging> paging) {

    /**
     * What is new since the last time.
     *
     * @param param name of the parameter of the question
     * @param field of a row whose greatest value is the next cursor: a name or a JSON pointer
     * @param start the first cursor; empty to leave the parameter out at first
     */
    public record Cursor(String param, String field, Optional<String> start) {}

    /**
     * Further pages.
     *
     * @param by {@code page}: a number that goes up; {@code offset}: number of rows before; {@code next}: what the answer names;
     *     {@code link}: header {@code Link} with {@code rel="next"}
     * @param param name of the parameter of the question
     * @param start number of the first page
     * @param sizeParam parameter for the size of a page
     * @param size rows of a page; a page with fewer is the last. 0 when unknown: the first page without rows is the last
     * @param next where a JSON answer names the next page, a token or a whole address
     * @param most pages in one sweep
     */
    public record Paging(
            String by, String param, long start, Optional<String> sizeParam, long size, JsonPointer next, long most) {}

    /** Reads the options; what is wrong is told to the reader. */
    public static HttpOptions read(OptionReader options, ZoneId zone) {
        String url = options.needText("url");
        URI uri = url.contains("${")
                ? URI.create("https://unknown")
                : options.parsed("url", URI.create("https://unknown"), "an address is expected", URI::create);
        return new HttpOptions(
                uri,
                options.textMap("headers"),
                options.word("format", "json", "json", "ndjson", "csv"),
                CsvOptions.read(options, zone),
                pointer(options, "rows"),
                options.group("cursor").map(HttpOptions::cursor),
                options.group("paging").map(HttpOptions::paging));
    }

    private static Cursor cursor(OptionReader options) {
        return new Cursor(options.needText("param"), options.needText("field"), options.text("start"));
    }

    private static Paging paging(OptionReader options) {
        String by = options.word("by", "page", "page", "offset", "next", "link");
        String param = by.equals("link")
                ? ""
                : options.text("param").orElse(by.equals("offset") ? "offset" : by.equals("next") ? "" : "page");
        if (by.equals("next") && options.text("next").isEmpty()) {
            options.wrong("next", "a JSON pointer to the next page is expected, for instance /meta/next");
        }
        return new Paging(
                by,
                param,
                options.whole("start", by.equals("page") ? 1 : 0, 0, Long.MAX_VALUE),
                options.text("size_param"),
                options.whole("size", 0, 0, 1_000_000),
                pointer(options, "next"),
                options.whole("most", 1_000, 1, 1_000_000));
    }

    private static JsonPointer pointer(OptionReader options, String name) {
        return options.parsed(
                name, JsonPointer.empty(), "a JSON pointer such as /data is expected", JsonPointer::compile);
    }
}
