package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.storage.dialect.Dropped;
import io.datalifecycle.dlt.storage.dialect.Floors;
import io.datalifecycle.dlt.storage.dialect.StoreDialect;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.plan.NeededFrom.Need;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops what is past its retention, but nothing that somebody still has to take in, and notes in the same transaction up to where rows
 * are gone. Thread-safe.
 */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final NeededFrom needed = new NeededFrom();
    private final Consumer<String> log;

    /** Whom a store waits for, as it was last told. */
    private final Map<Waiting, String> told = new ConcurrentHashMap<>();

    Retention() {
        this(LOG::info);
    }

    /** @param log takes what operators should know, once when it changes */
    Retention(Consumer<String> log) {
        this.log = log;
    }

    private record Waiting(WorkspaceId workspace, Ref store) {}

    /** Drops spans that end at or before the limit. Gives their names. */
    List<String> drop(
            Connection connection, StoreDialect dialect, TimeTable table, WorkspaceContext workspace, Past past)
            throws SQLException {
        Store store = past.store();
        if (!dialect.hasBefore(connection, table, past.limit())) {
            tell(workspace, store, Optional.empty());
            return List.of();
        }
        Floors.hold(connection, workspace, store.ref());
        stopWriters(connection, table);
        Optional<Need> need =
                needed.of(connection, workspace, store).filter(n -> n.from().isBefore(past.limit()));
        Dropped dropped =
                dialect.dropBefore(connection, table, need.map(Need::from).orElse(past.limit()));
        if (dropped.end().isPresent()) {
            Floors.raise(connection, workspace, store.ref(), dropped.end().get());
        }
        boolean waits = need.isPresent() && dialect.hasBefore(connection, table, past.limit());
        tell(workspace, store, waits ? need : Optional.empty());
        return dropped.names();
    }

    /** What is past its retention. Immutable. */
    record Past(Store store, Instant limit) {}

    /** Whoever writes now has told what it touched before we look, and nobody begins until we are done, not
     * even to lock rows. Readers go on. */
    private static void stopWriters(Connection connection, TimeTable table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE ONLY " + table.quoted() + " IN EXCLUSIVE MODE");
        }
    }

    private void tell(WorkspaceContext workspace, Store store, Optional<Need> need) {
        Waiting key = new Waiting(workspace.id(), store.ref());
        String before = need.isPresent() ? told.put(key, need.get().consumer()) : told.remove(key);
        if (need.isPresent() && !need.get().consumer().equals(before)) {
            log.accept(store.ref() + " of workspace " + workspace.key() + " keeps rows past its retention: "
                    + need.get().consumer() + " has yet to take in changes and needs rows from "
                    + need.get().from() + " on");
        } else if (need.isEmpty() && before != null) {
            log.accept(store.ref() + " of workspace " + workspace.key() + " waits for " + before + " no longer");
        }
    }
}
