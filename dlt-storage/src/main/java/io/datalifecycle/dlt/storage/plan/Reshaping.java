package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.spi.Reshaper.Reshape;
import io.datalifecycle.dlt.spi.TableChange;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.ConsumerTable;
import io.datalifecycle.dlt.storage.feature.FeatureRefresh;
import io.datalifecycle.dlt.storage.feature.RangeLog;
import io.datalifecycle.dlt.storage.feature.RealtimeView;
import io.datalifecycle.dlt.storage.metric.Cage;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.RefKind;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The one transaction in which the tables of a workspace become those of another version. Used once, by one thread. */
final class Reshaping {

    private final Connection connection;
    private final DataDatabase data;
    private final Cage cage;
    private final Reshape reshape;
    private final WorkspaceContext from;
    private final WorkspaceContext to;

    Reshaping(Connection connection, DataDatabase data, Cage cage, Reshape reshape) {
        this.connection = connection;
        this.data = data;
        this.cage = cage;
        this.reshape = reshape;
        this.from = reshape.from();
        this.to = reshape.to();
    }

    Set<Ref> run() throws SQLException {
        OptionalLong revision = ShapeTable.lock(connection, from);
        if (revision.isEmpty()) {
            throw new ConflictException(
                    ProblemCode.WORKSPACE_CHANGED,
                    "workspace " + from.key() + " has no tables in " + from.placement()
                            + "; it was deleted or moved meanwhile");
        }
        if (revision.getAsLong() >= to.revision()) {
            return veiled();
        }
        lockAgendas();
        List<ConsumerTable.Line> before = ConsumerTable.of(from.template());
        List<ConsumerTable.Line> after = ConsumerTable.of(to.template());
        holdWriters(before, after);
        Map<Ref, TimeRange> replaced = new LinkedHashMap<>();
        note(replaced, from);
        FeatureRelations.dropViews(connection, data, from, changedViews());
        new TableEdits(connection, data, cage, from, to, reshape.at()).all(reshape.changes());
        note(replaced, to);
        StoreNotes notes = new StoreNotes(connection, from);
        for (Map.Entry<String, String> renamed : reshape.renamed().entrySet()) {
            notes.renameReader(renamed.getValue(), renamed.getKey());
        }
        consumers(after);
        agendas();
        for (Map.Entry<Ref, TimeRange> rows : replaced.entrySet()) {
            RangeLog.touch(connection, to, rows.getKey(), List.of(), List.of(rows.getValue()));
        }
        Set<Ref> veiled = veiled();
        show(veiled);
        ShapeTable.raise(connection, to, to.revision());
        return veiled;
    }

    /** Whoever refreshes holds the row of his store first, and so do we. */
    private void lockAgendas() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT store FROM dlt_data.feature WHERE workspace = ? ORDER BY store FOR UPDATE")) {
            statement.setLong(1, from.id().value());
            statement.executeQuery().close();
        }
    }

    /** Sources that get new readers, and tables that change. */
    private void holdWriters(List<ConsumerTable.Line> before, List<ConsumerTable.Line> after) throws SQLException {
        Set<String> names = new LinkedHashSet<>();
        after.stream().filter(line -> !before.contains(line)).forEach(line -> names.add(line.source()));
        for (TableChange change : reshape.changes()) {
            names.add(change.store().toString());
            if (change instanceof TableChange.RenameStore rename) {
                names.add(rename.from().toString());
            }
        }
        Set<Store> stores = new LinkedHashSet<>();
        from.template().stores().stream()
                .filter(store -> names.contains(store.ref().toString()))
                .forEach(stores::add);
        TableReshaper.holdWriters(connection, data, from, stores);
    }

    /** Spans of derived stores whose table is another one afterwards: before, of what is shown now, and after, of what will be. */
    private void note(Map<Ref, TimeRange> spans, WorkspaceContext workspace) throws SQLException {
        for (TableChange change : reshape.changes()) {
            boolean other = change instanceof TableChange.SwapStore || change instanceof TableChange.RestoreStore;
            Optional<Store> store = workspace.template().store(change.store());
            if (other && store.isPresent()) {
                Optional<TimeRange> extent = extent(workspace, store.get());
                if (extent.isPresent()) {
                    spans.merge(change.store(), extent.get(), Reshaping::both);
                }
            }
        }
    }

    private static TimeRange both(TimeRange a, TimeRange b) {
        return TimeRange.of(
                a.from().isBefore(b.from()) ? a.from() : b.from(), a.to().isAfter(b.to()) ? a.to() : b.to());
    }

    private Optional<TimeRange> extent(WorkspaceContext workspace, Store store) throws SQLException {
        TimeTable table = TimeTable.of(workspace, data.schema(), store);
        if (!Relations.exists(connection, table.quoted())) {
            return Optional.empty();
        }
        String time = Identifier.quote(table.time());
        String sql = "SELECT min(" + time + "), max(" + time + ") + interval '1 microsecond' FROM " + table.quoted();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            OffsetDateTime from = row.getObject(1, OffsetDateTime.class);
            OffsetDateTime to = row.getObject(2, OffsetDateTime.class);
            return from == null || to == null
                    ? Optional.empty()
                    : Optional.of(TimeRange.of(from.toInstant(), to.toInstant()));
        }
    }

    /** Readers are exactly those of the later version, and others that are no items. A new model scores all there is. */
    private void consumers(List<ConsumerTable.Line> after) throws SQLException {
        List<ConsumerTable.Line> there = ConsumerTable.all(connection, to);
        List<ConsumerTable.Line> gone = there.stream()
                .filter(line -> isItem(line.consumer()) && !after.contains(line))
                .toList();
        ConsumerTable.remove(connection, to, gone);
        List<ConsumerTable.Line> come =
                after.stream().filter(line -> !there.contains(line)).toList();
        ConsumerTable.add(connection, to, come);
        for (ConsumerTable.Line line : gone) {
            RangeLog.forget(connection, to, line.consumer(), line.source());
        }
        for (ConsumerTable.Line line : come) {
            Optional<Store> source = Ref.parse(line.source()).flatMap(to.template()::store);
            if (line.consumer().startsWith("model:") && source.isPresent()) {
                Optional<TimeRange> all = extent(to, source.get());
                if (all.isPresent()) {
                    RangeLog.touch(connection, to, source.get().ref(), line.consumer(), List.of(all.get()));
                }
            }
        }
    }

    private static boolean isItem(String consumer) {
        return consumer.startsWith(RefKind.FEATURESTORE.label() + ":") || consumer.startsWith("model:");
    }

    /** Runs that are under way end; rows that stay right are not redone for being worded otherwise. */
    private void agendas() throws SQLException {
        List<Featurestore> same = new ArrayList<>();
        for (Featurestore store : to.template().featurestores()) {
            if (reshape.same().contains(store.ref())) {
                same.add(store);
            }
        }
        FeatureRefresh.keep(connection, to, same);
        for (TableChange change : reshape.changes()) {
            if (change instanceof TableChange.SwapStore swap) {
                FeatureRefresh.keep(
                        connection,
                        to,
                        List.of(to.template().featurestore(swap.store().key()).orElseThrow()));
            }
        }
        FeatureRefresh.endRuns(connection, to);
    }

    /** Stores whose tables have other columns than declared, or in another order, which a {@code SELECT *} would show. */
    private Set<Ref> veiled() throws SQLException {
        Map<String, List<String>> there = new HashMap<>();
        String sql =
                "SELECT c.relname, a.attname FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid "
                        + "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ANY (?) "
                        + "AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
        List<String> names = to.template().stores().stream()
                .map(store -> TimeTable.of(to, data.schema(), store).name())
                .toList();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, data.schema());
            statement.setArray(2, connection.createArrayOf("text", names.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    there.computeIfAbsent(row.getString(1), k -> new ArrayList<>())
                            .add(row.getString(2));
                }
            }
        }
        Set<Ref> veiled = new LinkedHashSet<>();
        for (Store store : to.template().stores()) {
            List<String> declared = StoreColumns.of(to.template(), store).columns().stream()
                    .map(Column::name)
                    .toList();
            String table = TimeTable.of(to, data.schema(), store).name();
            if (!declared.equals(there.get(table))) {
                veiled.add(store.ref());
            }
        }
        return veiled;
    }

    /** Stores whose views cannot stay: their table or what they read changes, or they say something else. */
    private List<Store> changedViews() {
        Set<Ref> changed = new LinkedHashSet<>();
        for (TableChange change : reshape.changes()) {
            changed.add(change.store());
            if (change instanceof TableChange.RenameStore rename) {
                changed.add(rename.from());
            }
        }
        WorkspaceContext later = new WorkspaceContext(
                to.id(),
                to.key(),
                to.templateId(),
                to.template(),
                to.parameters(),
                to.zone(),
                to.placement(),
                to.revision(),
                from.veiled());
        return from.template().stores().stream()
                .filter(store -> changed.contains(store.ref())
                        || (store instanceof Featurestore feature
                                && feature.transform().sources().stream().anyMatch(changed::contains))
                        || to.template().store(store.ref()).isEmpty()
                        || !RealtimeView.all(from, data.schema(), store)
                                .equals(RealtimeView.all(
                                        later,
                                        data.schema(),
                                        to.template().store(store.ref()).orElseThrow())))
                .toList();
    }

    private void show(Set<Ref> veiled) throws SQLException {
        WorkspaceContext shown = new WorkspaceContext(
                to.id(),
                to.key(),
                to.templateId(),
                to.template(),
                to.parameters(),
                to.zone(),
                to.placement(),
                to.revision(),
                veiled);
        List<String> covered = new ArrayList<>();
        Map<String, String> views = new LinkedHashMap<>();
        for (Store store : to.template().stores()) {
            views.putAll(RealtimeView.all(shown, data.schema(), store));
            if (veiled.contains(store.ref())) {
                covered.add(TimeTable.of(shown, data.schema(), store).quoted());
            }
        }
        Relations.create(connection, views);
        cage.install(connection, data, shown);
        cage.revoke(connection, to.id(), covered);
    }
}
