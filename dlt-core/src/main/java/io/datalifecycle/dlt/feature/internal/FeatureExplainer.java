package io.datalifecycle.dlt.feature.internal;

import io.datalifecycle.dlt.feature.Explanation;
import io.datalifecycle.dlt.feature.Grain;
import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.FeatureLedger;
import io.datalifecycle.dlt.spi.FeatureWriter;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells of a bucket what it was made of, by which run and which version. Thread-safe. */
public final class FeatureExplainer {

    private static final int BATCH_ROWS = 5_000;

    private final StoreReader reader;
    private final FeatureLedger ledger;
    private final FeatureWriter writer;

    public FeatureExplainer(Storage storage) {
        this.reader = storage.reader();
        this.ledger = storage.featureLedger();
        this.writer = storage.features();
    }

    /** Reads the bucket and its sources as they are now; a column that is not there is an {@link InvalidInputException}. */
    public Explanation explain(WorkspaceContext workspace, Featurestore store, Instant at, Map<String, ?> by) {
        Grain grain = Grain.of(workspace.template(), store, workspace.zone());
        TimeRange interval = grain.bucketing().bucketOf(at);
        RowSchema columns = StoreColumns.of(workspace.template(), store);
        by.keySet().forEach(name -> known(store, columns, name));
        Found rows = find(workspace, store, interval, by);
        List<Explanation.Part> parts = new ArrayList<>();
        for (Ref ref : store.transform().sources().stream().distinct().toList()) {
            Store source = workspace.template().store(ref).orElseThrow();
            Instant from = grain.needs(ref, interval.from())
                    .orElseGet(() -> reader.extent(workspace, source)
                            .map(TimeRange::from)
                            .filter(first -> first.isBefore(interval.from()))
                            .orElse(interval.from()));
            TimeRange span = TimeRange.of(from, interval.to());
            Found found = find(workspace, source, span, by);
            parts.add(new Explanation.Part(ref, span, found.count, found.rows));
        }
        boolean waits = ledger.standing(workspace, store).todo().stream().anyMatch(interval::overlaps)
                || writer.pending(workspace, FeatureWriter.Consumer.of(store)).stream()
                        .flatMap(t -> grain.affected(t.source(), t.range(), interval.to()).stream())
                        .anyMatch(interval::overlaps);
        return new Explanation(interval, rows.rows, parts, ledger.processed(workspace, store, interval.from()), !waits);
    }

    private static void known(Featurestore store, RowSchema columns, String name) {
        if (columns.find(name).isEmpty()) {
            List<String> names = columns.columns().stream().map(Column::name).toList();
            throw new InvalidInputException(
                    ProblemCode.UNKNOWN_COLUMN,
                    "by: " + store.ref() + " has no column " + name + "; " + DidYouMean.hint(name, names));
        }
    }

    private Found find(WorkspaceContext workspace, Store store, TimeRange span, Map<String, ?> by) {
        Found found = new Found(by);
        reader.scan(workspace, new StoreReader.Scan(store, List.of(), span, BATCH_ROWS, Long.MAX_VALUE), found::add);
        return found;
    }

    /** Rows that match, the first few of them kept. Columns that a source has not do not count. */
    private static final class Found {

        private final Map<String, ?> by;
        private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        private long count;

        Found(Map<String, ?> by) {
            this.by = by;
        }

        void add(RowBatch batch) {
            for (int i = 0; i < batch.size(); i++) {
                Map<String, @Nullable Object> row = batch.row(i);
                if (by.entrySet().stream()
                        .allMatch(e -> !row.containsKey(e.getKey()) || isSame(row.get(e.getKey()), e.getValue()))) {
                    count++;
                    if (rows.size() < Explanation.MOST_ROWS) {
                        rows.add(row);
                    }
                }
            }
        }

        private static boolean isSame(@Nullable Object stored, @Nullable Object given) {
            if (stored instanceof Number a && given instanceof Number b) {
                return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString())) == 0;
            }
            return Objects.equals(stored, given)
                    || (stored != null && given != null && stored.toString().equals(given.toString()));
        }
    }
}
