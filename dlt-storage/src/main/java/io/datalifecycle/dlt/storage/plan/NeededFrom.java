package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.feature.Grain;
import io.datalifecycle.dlt.storage.feature.ConsumerTable;
import io.datalifecycle.dlt.storage.feature.Consumers;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.RefKind;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** From when on rows of a store are still needed, for somebody has not yet taken in what changed. Thread-safe. */
final class NeededFrom {

    private static final String FEATURESTORE = RefKind.FEATURESTORE.label() + ":";

    private final Consumers consumers = new Consumers();

    /**
     * The one who needs the oldest rows. Immutable.
     *
     * @param from first instant of the rows needed
     * @param consumer {@code featurestore:key} or {@code model:key}
     */
    record Need(Instant from, String consumer) {}

    /** The farthest need of all that read the store; empty when all is taken in. What waits for others of their sources counts, too. */
    Optional<Need> of(Connection connection, WorkspaceContext workspace, Store store) throws SQLException {
        Optional<Need> farthest = Optional.empty();
        Set<String> readers = new LinkedHashSet<>(consumers.of(workspace.template(), store.ref()));
        readers.addAll(ConsumerTable.consumersOf(connection, workspace, store.ref()));
        for (String consumer : readers) {
            Optional<Instant> waits = earliest(connection, workspace, consumer);
            if (waits.isPresent()) {
                Instant from = reach(workspace, store, consumer, waits.get());
                if (farthest.isEmpty() || from.isBefore(farthest.get().from())) {
                    farthest = Optional.of(new Need(from, consumer));
                }
            }
        }
        return farthest;
    }

    /** The earliest time a consumer has not taken in: of what was logged for it, and of what a featurestore has on its agenda. */
    private static Optional<Instant> earliest(Connection connection, WorkspaceContext workspace, String consumer)
            throws SQLException {
        String sql =
                "SELECT least((SELECT min(range_from) FROM dlt_data.touched WHERE workspace = ? AND consumer = ?), "
                        + "(SELECT lower(todo) FROM dlt_data.feature WHERE workspace = ? AND store = ?))";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            statement.setString(2, consumer);
            statement.setLong(3, workspace.id().value());
            statement.setString(4, consumer.startsWith(FEATURESTORE) ? consumer.substring(FEATURESTORE.length()) : "");
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant);
            }
        }
    }

    /** How far back a consumer reads to take in a change at an instant; a row of any age may be joined as long as its store keeps it. */
    private static Instant reach(WorkspaceContext workspace, Store store, String consumer, Instant change) {
        if (!consumer.startsWith(FEATURESTORE)) {
            return change;
        }
        Optional<Featurestore> feature = workspace.template().featurestore(consumer.substring(FEATURESTORE.length()));
        if (feature.isEmpty()) {
            return change;
        }
        return Grain.of(workspace.template(), feature.get(), workspace.zone())
                .needs(store.ref(), change)
                .orElseGet(() -> Maintenance.retention(store)
                        .map(kept -> Maintenance.before(change, kept, workspace.zone()))
                        .orElse(change));
    }
}
