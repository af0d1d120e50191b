package io.datalifecycle.dlt.storage.training;

import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.training.TrainingSetBuilder;
import io.datalifecycle.dlt.training.internal.TrainingSets;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a lookup must give, by looking at every row; and the real thing, for comparison. */
final class TrainingOracle {

    private TrainingOracle() {}

    /** A row of a store: its key, its time, when it becomes known, until when it holds, and what is taken. */
    record Row(
            @Nullable String key,
            Instant time,
            Instant known,
            @Nullable Instant until,
            List<@Nullable Comparable<?>> values) {}

    record Entity(Instant at, @Nullable String key) {}

    /** Latest known row of the key; too old or no longer valid is none. */
    static List<@Nullable Comparable<?>> lookup(List<Row> rows, Entity entity, @Nullable Duration within) {
        Optional<Row> latest = rows.stream()
                .filter(row -> Objects.equals(row.key(), entity.key()))
                .filter(row -> !row.known().isAfter(entity.at()))
                .max(Comparator.comparing(Row::time).thenComparing(Row::values, TrainingOracle::compare));
        return latest.filter(
                        row -> within == null || row.known().isAfter(entity.at().minus(within)))
                .filter(row -> row.until() == null || entity.at().isBefore(row.until()))
                .map(Row::values)
                .orElse(nulls(rows));
    }

    private static List<@Nullable Comparable<?>> nulls(List<Row> rows) {
        List<@Nullable Comparable<?>> nulls = new ArrayList<>();
        for (int i = 0; i < (rows.isEmpty() ? 1 : rows.get(0).values().size()); i++) {
            nulls.add(null);
        }
        return nulls;
    }

    @SuppressWarnings("unchecked")
    private static int compare(List<@Nullable Comparable<?>> a, List<@Nullable Comparable<?>> b) {
        for (int i = 0; i < a.size(); i++) {
            Comparable<Object> left = (Comparable<Object>) a.get(i);
            Object right = b.get(i);
            int order = left == null || right == null
                    ? Boolean.compare(left != null, right != null)
                    : left.compareTo(right);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** All rows of a training set, cells in the order of its columns. */
    static List<List<@Nullable Object>> read(
            TestStorage t, WorkspaceContext workspace, Consumer<TrainingSetBuilder> set) {
        TrainingSetBuilder builder = new TrainingSetBuilder();
        set.accept(builder);
        List<List<@Nullable Object>> all = new ArrayList<>();
        new TrainingSets(t.storage).prepare(workspace, builder.build()).rows(batch -> {
            for (int row = 0; row < batch.size(); row++) {
                all.add(new ArrayList<>(batch.row(row).values()));
            }
        });
        return all;
    }
}
