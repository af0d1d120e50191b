package io.datalifecycle.dlt.training.internal;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.RowBatch;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a training set as CSV that our own reader reads back the same. */
public final class CsvFile {

    private CsvFile() {}

    /** Writes a file and puts it into its place when it is whole; gives the number of rows. */
    public static long write(PreparedSet set, Path file) {
        Path place = file.toAbsolutePath();
        Path half = place.resolveSibling("." + place.getFileName() + ".part");
        try {
            try {
                long rows;
                try (OutputStream out = Files.newOutputStream(half)) {
                    rows = write(set, out);
                }
                Files.move(half, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                return rows;
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw failed(file + " cannot be written", e);
        }
    }

    /** Writes into a stream, which stays open; gives the number of rows. */
    public static long write(PreparedSet set, OutputStream out) {
        try {
            Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
            line(text, set.columns().columns().stream().map(Column::name).toList());
            long rows = set.rows(batch -> rows(text, batch));
            text.flush();
            return rows;
        } catch (IOException e) {
            throw failed("the file cannot be written", e);
        } catch (UncheckedIOException e) {
            throw failed("the file cannot be written", e.getCause() == null ? e : e.getCause());
        }
    }

    private static void line(Writer text, List<String> names) throws IOException {
        for (int i = 0; i < names.size(); i++) {
            text.write(i == 0 ? "" : ",");
            text.write(field(names.get(i)));
        }
        text.write("\n");
    }

    private static void rows(Writer text, RowBatch batch) {
        try {
            for (int row = 0; row < batch.size(); row++) {
                for (int column = 0; column < batch.schema().size(); column++) {
                    text.write(column == 0 ? "" : ",");
                    text.write(cell(batch.value(row, column)));
                }
                text.write("\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return field(text);
        }
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    private static String field(String text) {
        boolean plain = !text.isEmpty()
                && text.chars().allMatch(c -> c > ' ' && c != '"' && c != ',' && c != ';' && c != '|' && c != 0x7f)
                && text.charAt(0) != '\ufeff';
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static DltException failed(String what, Exception cause) {
        return new DltException(
                ProblemCode.EXPORT_FAILED,
                what + " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage()
                        + "); check the directory, its rights and its room",
                cause);
    }
}
