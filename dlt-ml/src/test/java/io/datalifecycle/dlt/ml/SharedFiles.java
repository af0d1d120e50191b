package io.datalifecycle.dlt.ml;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads data that lies beside the repository and is no part of it. */
final class SharedFiles {

    private SharedFiles() {}

    /** The folder {@code ../shared/data/<name>}, looked for upwards from here. */
    static Optional<Path> find(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve("data").resolve(name);
            if (Files.exists(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** All CSV files below a folder, sorted. */
    static List<Path> csv(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".csv")).sorted().toList();
        }
    }

    /** Number columns of a delimited file as a batch: {@code at} counts seconds by line, {@code asset} is one word. */
    static RowBatch numbers(Path file, String delimiter, List<String> names, int firstColumn) throws IOException {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.required("at", ColumnType.TIMESTAMP));
        columns.add(Column.required("asset", ColumnType.TEXT));
        names.forEach(name -> columns.add(Column.of(name, ColumnType.DOUBLE)));
        List<String> lines = Files.readAllLines(file);
        RowBatch.Builder rows = RowBatch.builder(new RowSchema(columns), lines.size());
        for (int line = 1; line < lines.size(); line++) {
            String[] cells = lines.get(line).split(delimiter);
            rows.setLong(0, line * 1_000_000L);
            rows.setObject(1, "one");
            for (int c = 0; c < names.size(); c++) {
                rows.setDouble(2 + c, Double.parseDouble(cells[firstColumn + c]));
            }
            rows.endRow(line);
        }
        return rows.build();
    }
}
