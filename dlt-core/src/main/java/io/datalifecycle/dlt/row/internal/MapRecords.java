package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Records given as Java values; what the iterator throws goes through. */
public final class MapRecords implements RecordReader {

    private final Iterator<?> rows;
    private final Function<Object, Map<String, ?>> asMap;
    private ObjectNode record = JsonNodeFactory.instance.objectNode();
    private @Nullable RowRejection broken;
    private long position;

    /** Reads values in their order. */
    public MapRecords(Iterator<?> rows, Function<Object, Map<String, ?>> asMap) {
        this.rows = rows;
        this.asMap = asMap;
    }

    @Override
    public boolean next() {
        broken = null;
        if (!rows.hasNext()) {
            return false;
        }
        position++;
        List<Reason> reasons = new ArrayList<>();
        record = JavaValues.tree(
                map(rows.next(), reasons),
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
        return 0;
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
    public void close() {}
}
