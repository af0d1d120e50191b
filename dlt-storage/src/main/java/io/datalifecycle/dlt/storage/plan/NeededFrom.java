package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.storage.feature.Consumers;
import io.datalifecycle.dlt.template.AsOfJoin;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.RefKind;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.SqlTransform;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.Transform;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.TemporalAmount;
import java.util.Optional;

/** From when on rows of a store are still needed, for somebody has not yet taken in what changed. Thread-safe. */
final class NeededFrom {

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
        for (String consumer : consumers.of(workspace.template(), store.ref())) {
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

    /** The earliest time a consumer has not taken in, over all that it keeps such times in. */
    private static Optional<Instant> earliest(Connection connection, WorkspaceContext workspace, String consumer)
            throws SQLException {
        String sql = "SELECT min(range_from) FROM dlt_data.touched WHERE workspace = ? AND consumer = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            statement.setString(2, consumer);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant);
            }
        }
    }

    /** How far back a consumer reads to take in a change at an instant. */
    private static Instant reach(WorkspaceContext workspace, Store store, String consumer, Instant change) {
        Optional<Transform> transform = transform(workspace.template(), consumer);
        if (transform.isEmpty()) {
            return change;
        }
        if (transform.get() instanceof Rollup rollup) {
            return Bucketing.of(rollup.every(), workspace.zone())
                    .bucketOf(change)
                    .from();
        }
        if (transform.get() instanceof SqlTransform sql) {
            return change.minus(sql.lookBack());
        }
        return transform.get() instanceof AsOfJoin join ? joined(workspace, store, join, change) : change;
    }

    /** A row of any age may be joined as long as its store keeps it: counted from the change, not from now. */
    private static Instant joined(WorkspaceContext workspace, Store store, AsOfJoin join, Instant change) {
        Instant from = change;
        for (AsOfJoin.Joined joined : join.joins()) {
            if (joined.from().equals(store.ref())) {
                Optional<Duration> within = joined.within();
                Optional<TemporalAmount> kept = Maintenance.retention(store);
                Instant reach = within.isPresent()
                        ? change.minus(within.get())
                        : kept.isPresent() ? Maintenance.before(change, kept.get(), workspace.zone()) : change;
                from = reach.isBefore(from) ? reach : from;
            }
        }
        return from;
    }

    private static Optional<Transform> transform(Template template, String consumer) {
        String prefix = RefKind.FEATURESTORE.label() + ":";
        return consumer.startsWith(prefix)
                ? template.featurestore(consumer.substring(prefix.length())).map(Featurestore::transform)
                : Optional.empty();
    }
}
