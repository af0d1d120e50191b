package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Records given as Java maps; what the iterator throws goes through. */
public final class MapRecords implements RecordReader {

    private final Iterator<? extends Map<String, ?>> rows;
    private ObjectNode record = JsonNodeFactory.instance.objectNode();
    private @Nullable RowRejection broken;
    private long position;

    /** Reads the maps in their order. */
    public MapRecords(Iterator<? extends Map<String, ?>> rows) {
        this.rows = rows;
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
                rows.next(),
                (name, problem) -> reasons.add(new Reason(JsonPointer.child("", name), "type", name + " " + problem)));
        if (!reasons.isEmpty()) {
            broken = new RowRejection(position, reasons, Texts.payload(record.toString()));
        }
        return true;
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
