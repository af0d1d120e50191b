package io.datalifecycle.dlt.storage.health;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes when stores are written. In a transaction of its own, at most every ten seconds per store and node: within that of the rows, two
 * writers of one store would wait for each other. Thread-safe.
 */
public final class Pulse {

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final Duration APART = Duration.ofSeconds(10);

    /** Of a workspace that was deleted meanwhile nothing is noted: its checkpoints and this table are cleared together. */
    private static final String SQL =
            "INSERT INTO dlt_data.pulse (workspace, item, at) SELECT ?, ?, ? WHERE to_regclass(?) IS NOT NULL "
                    + "ON CONFLICT (workspace, item) DO UPDATE SET at = greatest(pulse.at, excluded.at)";

    private final Placements placements;
    private final Cache<Store, Instant> noted =
            Caffeine.newBuilder().maximumSize(10_000).build();

    private record Store(long workspace, Ref store) {}

    public Pulse(Placements placements) {
        this.placements = placements;
    }

    /** Notes it, unless it was noted just before. Never throws. */
    public void beat(WorkspaceContext workspace, Ref store, String table, Instant at) {
        Store key = new Store(workspace.id().value(), store);
        Instant last = noted.getIfPresent(key);
        if (last != null && at.isBefore(last.plus(APART))) {
            return;
        }
        noted.put(key, at);
        try {
            placements.of(workspace).database().onConnection("pulse of workspace " + workspace.key(), connection -> {
                try (PreparedStatement statement = connection.prepareStatement(SQL)) {
                    statement.setLong(1, workspace.id().value());
                    statement.setString(2, store.toString());
                    statement.setObject(3, at.atOffset(ZoneOffset.UTC));
                    statement.setString(4, table);
                    return statement.executeUpdate();
                }
            });
        } catch (DltException failure) {
            noted.invalidate(key);
            LOG.debug("the time of the last write is not noted: {}", failure.getMessage());
        }
    }
}
