package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.template.AsOfJoin;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Formula;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.Transform;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The columns a model reads, checked against the store it reads from. Immutable.
 *
 * @param store where the features are
 * @param schema what is read, in order: time, {@code by} columns, features and, for training, the target
 */
record ModelInput(Store store, RowSchema schema) {

    static ModelInput forTraining(WorkspaceContext workspace, Model model) {
        return of(workspace, model, model.target());
    }

    static ModelInput forScoring(WorkspaceContext workspace, Model model) {
        return of(workspace, model, Optional.empty());
    }

    private static ModelInput of(WorkspaceContext workspace, Model model, Optional<String> target) {
        Store store = workspace
                .template()
                .store(model.features().from())
                .orElseThrow(
                        () -> mismatch(model, "there is no " + model.features().from()));
        RowSchema all = StoreColumns.of(workspace.template(), store);
        Set<String> names = new LinkedHashSet<>();
        names.add(store.time());
        names.addAll(model.features().by());
        names.addAll(model.features().columns());
        target.ifPresent(names::add);
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(all.find(name)
                    .orElseThrow(() -> mismatch(model, model.features().from() + " has no column " + name)));
        }
        ModelInput input = new ModelInput(store, new RowSchema(columns));
        input.requireNumbers(model);
        return input;
    }

    private void requireNumbers(Model model) {
        for (String name : model.features().columns()) {
            Column column = schema.column(schema.indexOf(name));
            if (!column.type().isNumeric()) {
                throw mismatch(
                        model,
                        "feature " + name + " of " + store.ref() + " is "
                                + column.type().label() + ", features are numbers");
            }
        }
    }

    /** What to scan for these columns. */
    StoreReader.Scan scan(TimeRange range, int batchRows, long limit) {
        List<String> names = schema.columns().stream().map(Column::name).toList();
        return new StoreReader.Scan(store, names, range, batchRows, limit);
    }

    /** Rows before this instant will not change by the mere passing of time: their bucket has ended. */
    Instant closedBefore(WorkspaceContext workspace, Instant now) {
        Store at = store;
        for (int depth = 0; depth < workspace.template().stores().size() + 1; depth++) {
            if (!(at instanceof Featurestore feature)) {
                break;
            }
            Transform transform = feature.transform();
            if (transform instanceof Rollup rollup) {
                return rollup.bucketing(workspace.zone()).bucketOf(now).from();
            }
            boolean keepsTimes = transform instanceof Formula || transform instanceof AsOfJoin;
            Optional<Store> next =
                    keepsTimes ? workspace.template().store(transform.sources().get(0)) : Optional.empty();
            if (next.isEmpty()) {
                break;
            }
            at = next.get();
        }
        return now.plusNanos(1_000); // rows without a bucket are closed when their time has come
    }

    private static DltException mismatch(Model model, String what) {
        return new DltException(
                ProblemCode.MODEL_SIGNATURE, "model:" + model.key() + ": " + what + "; mend the model's features");
    }
}
