package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Records given as Java values. An iterator's {@link UncheckedIOException} ends the source as broken, all else it throws goes through. */
public final class MapRecords implements RecordReader {

    private final Iterator<?> rows;
    private final Function<Object, Map<String, ?>> asMap;
    private ObjectNode record = JsonNodeFactory.instance.objectNode();
    private @Nullable RowRejection broken;
    private long position;
    private long bytes;

    /** Reads values in their order. */
    public MapRecords(Iterator<?> rows, Function<Object, Map<String, ?>> asMap) {
        this.rows = rows;
        this.asMap = asMap;
    }

    @Override
    public boolean next() throws IOException {
        broken = null;
        Object row;
        try {
            if (!rows.hasNext()) {
                return false;
            }
            row = rows.next();
        } catch (UncheckedIOException e) {
            throw cause(e);
        }
        position++;
        List<Reason> reasons = new ArrayList<>();
        Map<String, ?> values = map(row, reasons);
        bytes += JavaValues.size(values);
        record = JavaValues.tree(
                values,
                (name, problem) -> reasons.add(new Reason(JsonPointer.child("", name), "type", name + " " + problem)));
        if (!reasons.isEmpty()) {
            broken = new RowRejection(position, reasons, Texts.payload(record.toString()));
        }
        return true;
    }

    private Map<String, ?> map(Object row, List<Reason> reasons) {
        try {
            return asMap.apply(row);
        } catch (IllegalArgumentException e) {
            reasons.add(new Reason("", "type", String.valueOf(e.getMessage())));
            return Map.of();
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long size() {
        return bytes;
    }

    @Override
    public @Nullable RowRejection broken() {
        return broken;
    }

    @Override
    public JsonNode record() {
        return record;
    }

    @Override
    public void close() throws IOException {
        close(rows);
    }

    /** What made an iterator break. */
    static IOException cause(UncheckedIOException e) {
        IOException cause = e.getCause();
        return cause == null ? new IOException(e.getMessage(), e) : cause;
    }

    /** Closes an iterator that has something open. */
    static void close(Iterator<?> rows) throws IOException {
        if (rows instanceof Closeable open) {
            open.close();
        }
    }
}
