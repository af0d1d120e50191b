package io.datalifecycle.dlt.ingest.internal;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.RowSink;
import io.datalifecycle.dlt.spi.RowSink.Write;
import io.datalifecycle.dlt.spi.RowSink.WriteResult;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches of a source that is being read while its workspace is upgraded, or brought back: a batch that was read for one version goes
 * into the table of the other, under the names that its columns have there. Values of columns that are no more are left out, as they would be of
 * any row. Thread-safe.
 */
final class FollowingSink {

    private static final int MOST_UPGRADES = 5;

    private final RowSink sink;
    private final Following.Finder finder;

    FollowingSink(RowSink sink, Following.Finder finder) {
        this.sink = sink;
        this.finder = finder;
    }

    WriteResult write(Write write) {
        Write next = write;
        for (int tries = 1; ; tries++) {
            try {
                return sink.write(next);
            } catch (ConflictException changed) {
                if (changed.code() != ProblemCode.WORKSPACE_CHANGED || tries == MOST_UPGRADES) {
                    throw changed;
                }
                WorkspaceContext tried = next.workspace();
                next = finder.since(write.workspace())
                        .filter(now -> now.workspace().revision() > tried.revision())
                        .flatMap(now -> following(write, now))
                        .orElseThrow(() -> changed);
            }
        }
    }

    private static Optional<Write> following(Write write, Following now) {
        return now.store(write.store().ref())
                .map(s -> new Write(
                        now.workspace(),
                        s,
                        batch(write.rows(), StoreColumns.of(now.workspace().template(), s), now.columnsOf(s.ref())),
                        write.rejected(),
                        write.keepRejected(),
                        write.source(),
                        write.batchId(),
                        write.checkpoint()));
    }

    private static RowBatch batch(RowBatch rows, RowSchema schema, Map<String, String> renamed) {
        RowBatch.Builder builder = RowBatch.builder(schema, rows.size());
        OptionalInt[] sources = new OptionalInt[schema.columns().size()];
        for (int c = 0; c < sources.length; c++) {
            String name = schema.columns().get(c).name();
            sources[c] = source(rows.schema(), renamed.getOrDefault(name, name));
        }
        for (int row = 0; row < rows.size(); row++) {
            for (int c = 0; c < sources.length; c++) {
                if (sources[c].isPresent()) {
                    int from = sources[c].getAsInt();
                    ColumnType was = rows.schema().columns().get(from).type();
                    ColumnType is = schema.columns().get(c).type();
                    builder.set(c, was == is ? rows.value(row, from) : converted(rows.value(row, from), is));
                }
            }
            builder.endRow(rows.position(row));
        }
        return builder.build();
    }

    /** A new column may have the name that another one had. */
    private static OptionalInt source(RowSchema schema, String was) {
        return schema.find(was).isPresent() ? OptionalInt.of(schema.indexOf(was)) : OptionalInt.empty();
    }

    /** Wider types hold what narrower ones held; another type holds nothing of it. */
    private static @Nullable Object converted(@Nullable Object value, ColumnType type) {
        if (value instanceof Number number && type == ColumnType.DOUBLE) {
            return number.doubleValue();
        }
        if (value instanceof Number && type == ColumnType.DECIMAL) {
            return new BigDecimal(value.toString());
        }
        return value != null && type == ColumnType.TEXT ? value.toString() : null;
    }
}
