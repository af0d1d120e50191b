package io.datalifecycle.dlt.ingest.internal;

import io.datalifecycle.dlt.ingest.CorrectResult;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.row.internal.RowParser;
import io.datalifecycle.dlt.row.internal.RowRules;
import io.datalifecycle.dlt.row.internal.StoredRows;
import io.datalifecycle.dlt.row.internal.Window;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.RowCorrector.Corrected;
import io.datalifecycle.dlt.spi.RowCorrector.Fix;
import io.datalifecycle.dlt.spi.RowCorrector.Fixed;
import io.datalifecycle.dlt.spi.RowCorrector.Selection;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Deletes and corrects rows that are stored. What a correction gives is validated as on ingest. Thread-safe. */
public final class Corrector {

    private final Storage storage;
    private final InstantSource clock;
    private final DltListener listener;
    private final SchemaCompiler schemas = new SchemaCompiler();

    public Corrector(Storage storage, InstantSource clock, DltListener listener) {
        this.storage = storage;
        this.clock = clock;
        this.listener = listener;
    }

    /** Which rows of which store. Immutable. */
    public record Rows(
            WorkspaceContext workspace,
            Datastore store,
            TimeRange range,
            Map<String, ? extends @Nullable Object> where) {

        private Selection selection() {
            RowSchema columns = StoreColumns.of(workspace.template(), store);
            return new Selection(range, Conditions.of(store, columns, where));
        }
    }

    /** Deletes rows. Gives how many there were. */
    public long delete(Rows rows) {
        Instant start = clock.instant();
        long deleted = storage.corrections().delete(rows.workspace(), rows.store(), rows.selection());
        tell(rows, 0, deleted, start);
        return deleted;
    }

    /** Corrects rows: all that the fix asks for, or nothing. What it throws goes through. */
    public CorrectResult correct(
            Rows rows, Function<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> fix) {
        Instant start = clock.instant();
        Fixing fixing = new Fixing(schemas.rules(rows.workspace(), rows.store()), rows.store(), fix, start);
        Corrected done = storage.corrections().correct(rows.workspace(), rows.store(), rows.selection(), fixing);
        if (done.rejections().isEmpty()) {
            tell(rows, done.changed(), done.deleted(), start);
        }
        return new CorrectResult(
                done.read(),
                done.changed(),
                done.deleted(),
                done.read() - done.changed() - done.deleted(),
                done.rejections());
    }

    private void tell(Rows rows, long changed, long deleted, Instant start) {
        Duration took = Duration.between(start, clock.instant());
        listener.onCorrect(rows.workspace(), rows.store().key(), changed, deleted, took);
    }

    /** The caller's fix, row by row. */
    private static final class Fixing implements Fix {

        private final RowRules rules;
        private final StoredRows documents;
        private final String time;
        private final Window window;
        private final Function<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> fix;

        Fixing(
                RowRules rules,
                Datastore store,
                Function<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> fix,
                Instant now) {
            this.rules = rules;
            this.documents = new StoredRows(rules, store.schema().keywords());
            this.time = store.time();
            this.fix = fix;
            // a row that is stored came in time once, however long ago; only into the future it may not move
            this.window = Window.around(now, Optional.empty(), store.accept().future());
        }

        @Override
        public Fixed fix(RowBatch rows) {
            RowBatch.Builder batch = RowBatch.builder(rules.columns(), 16);
            RowParser parser = new RowParser(rules, batch, null, Window.ANY);
            Set<Long> deleted = new HashSet<>();
            List<RowRejection> rejected = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
                Map<String, @Nullable Object> before = rows.row(row);
                Map<String, @Nullable Object> after = fix.apply(new LinkedHashMap<>(before));
                if (after == null) {
                    deleted.add(rows.position(row));
                } else if (!after.equals(before)) {
                    boolean moved = !Objects.equals(after.get(time), before.get(time));
                    parser.window(moved ? window : Window.ANY);
                    RowRejection rejection = documents.read(parser, after, rows.position(row));
                    if (rejection != null) {
                        rejected.add(rejection);
                    }
                }
            }
            return new Fixed(batch.build(), deleted, rejected);
        }
    }
}
