package io.datalifecycle.dlt.training.internal;

import io.datalifecycle.dlt.feature.Grain;
import io.datalifecycle.dlt.ingest.internal.TypedRows;
import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.PointInTime;
import io.datalifecycle.dlt.spi.PointInTime.Known;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.training.TrainingSetDefinition;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks definitions of training sets against a workspace's stores. Thread-safe. */
public final class TrainingSets {

    private static final int BATCH_ROWS = 20_000;

    private final Storage storage;

    public TrainingSets(Storage storage) {
        this.storage = storage;
    }

    /** The set, ready to be read; everything that can be wrong without reading a row has been looked at. */
    public PreparedSet prepare(WorkspaceContext workspace, TrainingSetDefinition set) {
        List<PointInTime.Feature> features =
                set.features().stream().map(f -> feature(workspace, f)).toList();
        Known known = known(set);
        if (known.knowledge() != PointInTime.Knowledge.NOW) {
            features.forEach(TrainingSets::requireHistory);
        }
        PreparedSet prepared = set.store().isPresent()
                ? ofStore(workspace, set, features, known)
                : ofRows(workspace, set, features, known);
        requireDistinct(workspace, prepared.request());
        return prepared;
    }

    private static Known known(TrainingSetDefinition set) {
        return set.knownAt().map(Known::at).orElse(set.knownThen() ? Known.THEN : Known.NOW);
    }

    private static void requireHistory(PointInTime.Feature feature) {
        if (!(feature.store() instanceof Featurestore store)) {
            throw wrong(feature.store().ref()
                    + " does not keep what it was before; asKnownThen and asKnownAt need featurestores "
                    + "that declare history");
        }
        if (store.history().isEmpty()) {
            throw wrong(store.ref()
                    + " keeps no history, so nobody knows what it was before; declare history: P1Y (or another age) in its "
                    + "template; it is kept from then on");
        }
    }

    private PreparedSet ofStore(
            WorkspaceContext workspace, TrainingSetDefinition set, List<PointInTime.Feature> features, Known known) {
        Store store = store(workspace, set.store().orElseThrow());
        RowSchema columns = StoreColumns.of(workspace.template(), store);
        requireSameTypes(features, workspace, columns, store.ref().toString());
        PointInTime.Request request = new PointInTime.Request(columns, store.time(), features, known);
        StoreReader.Scan scan = new StoreReader.Scan(store, List.of(), set.range(), BATCH_ROWS, Long.MAX_VALUE);
        return new PreparedSet(
                storage.pointInTime(),
                workspace,
                request,
                batches -> storage.reader().scan(workspace, scan, batches));
    }

    private static void requireSameTypes(
            List<PointInTime.Feature> features, WorkspaceContext workspace, RowSchema columns, String entities) {
        for (PointInTime.Feature feature : features) {
            RowSchema theirs = StoreColumns.of(workspace.template(), feature.store());
            for (String name : feature.by()) {
                Column own = column(columns, name, entities);
                Column other = column(theirs, name, feature.store().ref().toString());
                if (own.type() != other.type()) {
                    throw wrong("by: " + name + " is " + own.type().label() + " in " + entities + " and "
                            + other.type().label() + " in " + feature.store().ref());
                }
            }
        }
    }

    private PreparedSet ofRows(
            WorkspaceContext workspace, TrainingSetDefinition set, List<PointInTime.Feature> features, Known known) {
        String time = set.time().orElseThrow();
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put(time, Column.required(time, ColumnType.TIMESTAMP));
        for (PointInTime.Feature feature : features) {
            RowSchema theirs = StoreColumns.of(workspace.template(), feature.store());
            for (String name : feature.by()) {
                Column column = column(theirs, name, feature.store().ref().toString());
                columns.putIfAbsent(name, Column.of(name, column.type()));
            }
        }
        set.carried().forEach((name, type) -> {
            if (columns.containsKey(name)) {
                throw wrong("carry: " + name + " is there already, as time or by");
            }
            columns.put(name, Column.of(name, type));
        });
        RowSchema schema = new RowSchema(List.copyOf(columns.values()));
        schema.columns().forEach(TrainingSets::requireReadable);
        requireSameTypes(features, workspace, schema, "the entities");
        TypedRows reader = new TypedRows(schema, time);
        PointInTime.Request request = new PointInTime.Request(schema, time, features, known);
        return new PreparedSet(
                storage.pointInTime(),
                workspace,
                request,
                batches -> reader.read(set.rows().orElseThrow(), batches));
    }

    private static void requireReadable(Column column) {
        if (!TypedRows.isReadable(column.type())) {
            throw wrong("column " + column.name() + ": rows cannot be read as "
                    + column.type().label());
        }
        if (column.name().equals(StoreColumns.EXTRA)
                || column.name().isEmpty()
                || column.name().indexOf('\0') >= 0) {
            throw wrong("column " + column.name() + ": rows cannot have a column of this name");
        }
    }

    private static PointInTime.Feature feature(WorkspaceContext workspace, TrainingSetDefinition.Feature feature) {
        Store store = store(workspace, feature.store());
        RowSchema columns = StoreColumns.of(workspace.template(), store);
        for (String name : feature.columns()) {
            column(columns, name, feature.store());
        }
        for (String name : feature.by()) {
            if (column(columns, name, feature.store()).type() == ColumnType.JSON) {
                throw wrong("by: " + name + " of " + feature.store() + " is json, which is not compared");
            }
        }
        return new PointInTime.Feature(
                store,
                feature.by().stream().distinct().toList(),
                feature.columns(),
                feature.prefix(),
                feature.within(),
                Grain.delayed(workspace.template(), store.ref(), workspace.zone()));
    }

    private static Store store(WorkspaceContext workspace, String text) {
        return Ref.parse(text).flatMap(workspace.template()::store).orElseThrow(() -> {
            List<String> known = workspace.template().stores().stream()
                    .map(store -> store.ref().toString())
                    .toList();
            return new NotFoundException(
                    ProblemCode.ITEM_NOT_FOUND,
                    "workspace " + workspace.key() + " has no store " + text + "; " + DidYouMean.hint(text, known));
        });
    }

    private static Column column(RowSchema columns, String name, String of) {
        return columns.find(name)
                .orElseThrow(() -> new InvalidInputException(
                        ProblemCode.UNKNOWN_COLUMN,
                        of + " has no column " + name + "; "
                                + DidYouMean.hint(
                                        name,
                                        columns.columns().stream()
                                                .map(Column::name)
                                                .toList())));
    }

    private static void requireDistinct(WorkspaceContext workspace, PointInTime.Request request) {
        List<Column> all = new ArrayList<>(request.entities().columns());
        request.features().forEach(feature -> all.addAll(feature.given(workspace)));
        Set<String> seen = new HashSet<>();
        for (Column column : all) {
            if (!seen.add(column.name())) {
                throw new InvalidInputException(
                        ProblemCode.NAME_COLLISION,
                        "the training set would have two columns " + column.name()
                                + "; give one of the features a prefix");
            }
        }
    }

    private static InvalidInputException wrong(String what) {
        return new InvalidInputException(ProblemCode.TRAINING_SET, what);
    }
}
