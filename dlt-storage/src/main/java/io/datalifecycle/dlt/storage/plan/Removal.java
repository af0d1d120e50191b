package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.HistoryTable;
import io.datalifecycle.dlt.storage.feature.RealtimeView;
import io.datalifecycle.dlt.storage.metric.Cage;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.Erasure.Stored;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Removes all of a workspace from its data database within the caller's transaction. Lines of bookkeeping go first and once more in the end:
 * refreshes hold theirs while they wait for tables, and what committed while we waited is there only then. Stateless.
 */
public final class Removal {

    /** Tables with a column {@code workspace}; the one whose rows refreshes lock is the first. */
    static final List<String> DATA_TABLES = List.of(
            "feature",
            "feature_run",
            "check_result",
            "touched",
            "checkpoint",
            "checkpoint_state",
            "batch",
            "pulse",
            "quota",
            "usage",
            "floor",
            "consumer",
            "workspace",
            "hidden");

    /** Those that go along when a workspace moves to another database; the others are made there when it is provisioned. */
    public static final List<String> MOVED_TABLES = DATA_TABLES.stream()
            .filter(table -> !List.of("consumer", "workspace", "hidden").contains(table))
            .toList();

    private final Cage cage;

    public Removal(Cage cage) {
        this.cage = cage;
    }

    /**
     * What was there.
     *
     * @param stores by reference; stores without any relation are left out
     * @param sha256 of the list of relations with their rows
     */
    public record Found(Map<String, Stored> stores, String sha256) {}

    /** Counts what is there and waits for those who write; nobody else comes to it before the transaction ends. */
    public Found look(Connection connection, DataDatabase data, WorkspaceContext workspace) throws SQLException {
        cage.lock(connection, workspace.id());
        for (String table : DATA_TABLES) {
            delete(connection, Identifier.qualified("dlt_data", table), workspace.id());
        }
        Map<String, Stored> stores = new LinkedHashMap<>();
        Map<String, Long> list = new TreeMap<>();
        for (Store store : workspace.template().stores()) {
            Stored all = new Stored(0, 0);
            for (String relation : tables(data, workspace, store)) {
                if (Relations.exists(connection, relation)) {
                    DdlProvisioner.execute(connection, "LOCK TABLE " + relation + " IN ACCESS EXCLUSIVE MODE");
                    long rows = count(connection, relation);
                    list.put(relation, rows);
                    all = all.plus(new Stored(1, rows));
                }
            }
            for (String view : views(data, workspace, store)) {
                if (Relations.exists(connection, view)) {
                    list.put(view, 0L);
                    all = all.plus(new Stored(1, 0));
                }
            }
            if (all.relations() > 0) {
                stores.put(store.ref().toString(), all);
            }
        }
        hidden(connection, data, workspace, stores, list);
        return new Found(stores, sha256(list));
    }

    /** Tables that its template does not name, counted together. */
    private static void hidden(
            Connection connection,
            DataDatabase data,
            WorkspaceContext workspace,
            Map<String, Stored> stores,
            Map<String, Long> list)
            throws SQLException {
        for (String relation : Leftovers.tables(connection, data, workspace.id())) {
            if (!list.containsKey(relation)) {
                DdlProvisioner.execute(connection, "LOCK TABLE " + relation + " IN ACCESS EXCLUSIVE MODE");
                long rows = count(connection, relation);
                list.put(relation, rows);
                stores.merge("hidden", new Stored(1, rows), Stored::plus);
            }
        }
    }

    /** Removes it. Doing it again changes nothing. */
    public void drop(Connection connection, DataDatabase data, WorkspaceContext workspace) throws SQLException {
        cage.lock(connection, workspace.id());
        for (String table : DATA_TABLES) {
            delete(connection, Identifier.qualified("dlt_data", table), workspace.id());
        }
        cage.uninstall(connection, data, workspace.id());
        // views read tables of other stores, too
        FeatureRelations.dropViews(
                connection, data, workspace, workspace.template().stores());
        for (Store store : workspace.template().stores()) {
            for (String table : tables(data, workspace, store)) {
                DdlProvisioner.execute(connection, "DROP TABLE IF EXISTS " + table);
            }
            data.dialect().forget(TimeTable.of(workspace, data.schema(), store));
            if (store instanceof Featurestore feature) {
                data.dialect().forget(HistoryTable.of(workspace, data.schema(), feature));
            }
        }
        Leftovers.drop(connection, data, workspace.id());
        for (String table : DATA_TABLES) {
            delete(connection, Identifier.qualified("dlt_data", table), workspace.id());
        }
    }

    private static List<String> tables(DataDatabase data, WorkspaceContext workspace, Store store) {
        List<String> tables = new ArrayList<>();
        tables.add(TimeTable.of(workspace, data.schema(), store).quoted());
        if (store instanceof Featurestore feature && feature.history().isPresent()) {
            tables.add(HistoryTable.of(workspace, data.schema(), feature).quoted());
        }
        if (store instanceof Datastore) {
            tables.add(Identifier.qualified(data.schema(), PhysicalName.quarantine(store.key(), workspace.id())));
        }
        return tables;
    }

    private static List<String> views(DataDatabase data, WorkspaceContext workspace, Store store) {
        return List.copyOf(RealtimeView.all(workspace, data.schema(), store).keySet());
    }

    static void delete(Connection connection, String quoted, WorkspaceId id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM " + quoted + " WHERE workspace = ?")) {
            statement.setLong(1, id.value());
            statement.executeUpdate();
        }
    }

    private static long count(Connection connection, String quoted) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM " + quoted);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String sha256(Map<String, Long> list) {
        StringBuilder text = new StringBuilder();
        list.forEach((name, rows) ->
                text.append(name.replace("\"", "")).append(' ').append(rows).append('\n'));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
