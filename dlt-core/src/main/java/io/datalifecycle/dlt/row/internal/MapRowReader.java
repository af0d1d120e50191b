package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Rows given as Java values. An iterator's {@link UncheckedIOException} ends the source as broken, all else it throws goes through. */
public final class MapRowReader implements RowReader {

    private final Iterator<?> rows;
    private final Function<Object, Map<String, ?>> asMap;
    private final RowBatch.Builder batch;
    private final RowParser parser;
    private long position;
    private long bytes;

    /** Reads values in their order. */
    public MapRowReader(Iterator<?> rows, Function<Object, Map<String, ?>> asMap, Setup setup) {
        this.rows = rows;
        this.asMap = asMap;
        this.batch = RowBatch.builder(setup.rules().columns(), setup.expectedRows());
        this.parser = new RowParser(setup.rules(), batch, setup.constants(), setup.window());
    }

    @Override
    public Block read(int maxRows) {
        List<RowRejection> rejected = new ArrayList<>();
        long end = bytes + MAX_BLOCK_BYTES;
        Break broken = null;
        boolean more = true;
        try {
            while (batch.size() + rejected.size() < maxRows && bytes < end && rows.hasNext()) {
                position++;
                RowRejection rejection = one(rows.next());
                if (rejection != null) {
                    rejected.add(rejection);
                }
            }
            more = rows.hasNext();
        } catch (UncheckedIOException e) {
            more = false;
            IOException cause = MapRecords.cause(e);
            broken = new Break(position, String.valueOf(cause.getMessage()), cause);
        }
        return new Block(batch.build(), rejected, !more, broken);
    }

    private @Nullable RowRejection one(Object row) {
        Map<String, ?> map;
        try {
            map = asMap.apply(row);
        } catch (IllegalArgumentException e) {
            return new RowRejection(position, List.of(new Reason("", "type", String.valueOf(e.getMessage()))), "");
        }
        bytes += JavaValues.size(map);
        return one(parser, map, position);
    }

    /** Reads one row; null when it is in the batch, else why not. */
    static @Nullable RowRejection one(RowParser parser, Map<String, ?> row, long position) {
        List<Reason> reasons = new ArrayList<>();
        ObjectNode tree = JavaValues.tree(
                row,
                (name, problem) -> reasons.add(new Reason(
                        io.datalifecycle.dlt.problem.JsonPointer.child("", name), "type", name + " " + problem)));
        if (reasons.isEmpty()) {
            return parser.node(tree, position);
        }
        return new RowRejection(position, reasons, Texts.payload(tree.toString()));
    }

    @Override
    public void close() throws IOException {
        MapRecords.close(rows);
    }
}
