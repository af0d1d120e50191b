package io.datalifecycle.dlt.ingest.internal;

import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.row.internal.CsvRowReader;
import io.datalifecycle.dlt.row.internal.CsvSettings;
import io.datalifecycle.dlt.row.internal.CsvTextRecords;
import io.datalifecycle.dlt.row.internal.JavaObjects;
import io.datalifecycle.dlt.row.internal.JsonRecords;
import io.datalifecycle.dlt.row.internal.JsonRowReader;
import io.datalifecycle.dlt.row.internal.MapRecords;
import io.datalifecycle.dlt.row.internal.MapRowReader;
import io.datalifecycle.dlt.row.internal.MappedRowReader;
import io.datalifecycle.dlt.row.internal.RecordMapping;
import io.datalifecycle.dlt.row.internal.RecordReader;
import io.datalifecycle.dlt.row.internal.RowReader;
import io.datalifecycle.dlt.row.internal.Setup;
import java.io.InputStreamReader;
import java.util.stream.Collectors;

/** Opens sources with the reader of their format. */
final class Sources {

    private Sources() {}

    static RowReader reader(Rows rows, Setup setup) {
        if (setup.mapping() != null) {
            return new MappedRowReader(records(rows, setup.mapping()), setup.mapping(), setup);
        }
        return switch (rows.format()) {
            case NDJSON -> JsonRowReader.lines(rows.open(), setup);
            case JSON -> JsonRowReader.array(rows.open(), setup);
            case CSV -> csv(rows, setup);
            case MAPS -> new MapRowReader(rows.values().iterator(), JavaObjects::map, setup);
            case OBJECTS ->
                new MapRowReader(
                        rows.values().iterator(),
                        JavaObjects.reader(setup.rules().columns().columns().stream()
                                .map(column -> column.name())
                                .collect(Collectors.toSet())),
                        setup);
        };
    }

    private static RecordReader records(Rows rows, RecordMapping mapping) {
        return switch (rows.format()) {
            case NDJSON -> JsonRecords.lines(rows.open());
            case JSON -> JsonRecords.array(rows.open());
            case CSV -> new CsvTextRecords(text(rows), settings(rows.csvFormat()), rows.name(), mapping.fields());
            case MAPS -> new MapRecords(rows.values().iterator(), JavaObjects::map);
            case OBJECTS -> new MapRecords(rows.values().iterator(), JavaObjects.reader());
        };
    }

    private static RowReader csv(Rows rows, Setup setup) {
        return new CsvRowReader(text(rows), settings(rows.csvFormat()), rows.name(), setup);
    }

    private static CsvSettings settings(CsvFormat format) {
        return new CsvSettings(
                format.delimiter().orElse((char) 0),
                format.hasDecimalComma(),
                format.zone().orElse(null),
                format.columns(),
                format.nulls());
    }

    /** A decoder of our own reports malformed input, the reader's would replace it. */
    private static InputStreamReader text(Rows rows) {
        return new InputStreamReader(rows.open(), rows.csvFormat().charset().newDecoder());
    }
}
