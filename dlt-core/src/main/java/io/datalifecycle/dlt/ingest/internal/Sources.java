package io.datalifecycle.dlt.ingest.internal;

import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.row.internal.CsvRowReader;
import io.datalifecycle.dlt.row.internal.CsvSettings;
import io.datalifecycle.dlt.row.internal.JsonRowReader;
import io.datalifecycle.dlt.row.internal.MapRowReader;
import io.datalifecycle.dlt.row.internal.RowReader;
import io.datalifecycle.dlt.row.internal.Setup;
import java.io.InputStreamReader;

/** Opens sources with the reader of their format. */
final class Sources {

    private Sources() {}

    static RowReader reader(Rows rows, Setup setup) {
        return switch (rows.format()) {
            case NDJSON -> JsonRowReader.lines(rows.open(), setup);
            case JSON -> JsonRowReader.array(rows.open(), setup);
            case CSV -> csv(rows, setup);
            case MAPS -> new MapRowReader(rows.maps().iterator(), setup);
        };
    }

    private static RowReader csv(Rows rows, Setup setup) {
        CsvFormat format = rows.csvFormat();
        CsvSettings settings = new CsvSettings(
                format.delimiter().orElse((char) 0),
                format.hasDecimalComma(),
                format.zone().orElse(null),
                format.columns(),
                format.nulls());
        // a decoder of our own reports malformed input, the reader's would replace it
        InputStreamReader text =
                new InputStreamReader(rows.open(), format.charset().newDecoder());
        return new CsvRowReader(text, settings, rows.name(), setup);
    }
}
