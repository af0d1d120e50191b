package io.datalifecycle.dlt.connector;

import io.datalifecycle.dlt.ingest.CsvFormat;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;

/** The group {@code csv} of a connector's options. */
final class CsvOptions {

    private CsvOptions() {}

    /**
     * How CSV is written.
     *
     * @param zone of times without an offset when the options name none
     */
    public static CsvFormat read(OptionReader options, ZoneId zone) {
        CsvFormat.Builder format = CsvFormat.builder().zone(zone);
        options.group("csv").ifPresent(csv -> {
            csv.text("delimiter").ifPresent(text -> {
                char delimiter = text.equals("tab") ? '\t' : text.isEmpty() ? 0 : text.charAt(0);
                if ((text.length() != 1 && delimiter != '\t') || "\"\n\r\0".indexOf(delimiter) >= 0) {
                    csv.wrong("delimiter", "one character or tab is expected");
                } else {
                    format.delimiter(delimiter);
                }
            });
            if (csv.flag("decimal_comma", false)) {
                format.decimalComma();
            }
            format.charset(csv.parsed(
                    "charset", StandardCharsets.UTF_8, "a charset such as ISO-8859-1 is expected", Charset::forName));
            format.zone(csv.parsed("zone", zone, "a time zone such as Europe/Berlin is expected", CsvOptions::zone));
            csv.texts("null_texts").forEach(format::nullText);
        });
        return format.build();
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
