package io.datalifecycle.dlt.ingest.internal;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.RowSink;
import io.datalifecycle.dlt.spi.RowSink.Write;
import io.datalifecycle.dlt.spi.RowSink.WriteResult;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Renames;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches of a source that is being read while its workspace is upgraded, or brought back: a batch that was read for one version goes
 * into the table of the other, under the names that its columns have there. Values of columns that are no more are left out, as they would be of
 * any row. Thread-safe.
 */
final class FollowingSink {

    private static final int MOST_UPGRADES = 5;

    private final RowSink sink;
    private final Function<WorkspaceId, Optional<WorkspaceContext>> current;

    FollowingSink(RowSink sink, Function<WorkspaceId, Optional<WorkspaceContext>> current) {
        this.sink = sink;
        this.current = current;
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
                Optional<WorkspaceContext> now =
                        current.apply(write.workspace().id()).filter(w -> w.revision() > tried.revision());
                next = now.flatMap(w -> following(write, w)).orElseThrow(() -> changed);
            }
        }
    }

    private static Optional<Write> following(Write write, WorkspaceContext now) {
        Template then = write.workspace().template();
        Template template = now.template();
        Ref ref = write.store().ref();
        Optional<Store> store =
                template.store(ref).or(() -> renamed(template, ref)).or(() -> renamedBack(then, template, ref));
        return store.map(s -> {
            RowSchema columns = StoreColumns.of(template, s);
            Map<String, String> names = names(then.renames().columnsOf(ref), columns);
            names.putAll(template.renames().columnsOf(s.ref()));
            return new Write(
                    now,
                    s,
                    batch(write.rows(), columns, names),
                    write.rejected(),
                    write.keepRejected(),
                    write.source(),
                    write.batchId(),
                    write.checkpoint());
        });
    }

    private static Optional<Store> renamed(Template template, Ref then) {
        Renames renames = template.renames();
        return template.stores().stream()
                .filter(s -> s.kind() == then.kind()
                        && renames.itemFrom(s.ref().toString())
                                .filter(then.key()::equals)
                                .isPresent())
                .findFirst();
    }

    /** On the way back it is the later version that knows the names of the earlier one. */
    private static Optional<Store> renamedBack(Template later, Template template, Ref ref) {
        return later.renames().itemFrom(ref.toString()).flatMap(key -> template.store(new Ref(ref.kind(), key)));
    }

    /** What the columns are called in the rows, by their names in the table; what the table has under its own name is no way back. */
    private static Map<String, String> names(Map<String, String> earlier, RowSchema columns) {
        Map<String, String> names = new HashMap<>();
        earlier.forEach((name, was) -> {
            if (columns.find(name).isEmpty()) {
                names.put(was, name);
            }
        });
        return names;
    }

    private static RowBatch batch(RowBatch rows, RowSchema schema, Map<String, String> renamed) {
        RowBatch.Builder builder = RowBatch.builder(schema, rows.size());
        OptionalInt[] sources = new OptionalInt[schema.columns().size()];
        for (int c = 0; c < sources.length; c++) {
            String name = schema.columns().get(c).name();
            sources[c] = source(rows.schema(), name, renamed.getOrDefault(name, name));
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

    private static OptionalInt source(RowSchema schema, String name, String was) {
        if (schema.find(name).isPresent()) {
            return OptionalInt.of(schema.indexOf(name));
        }
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
