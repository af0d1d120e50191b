package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The workspaces of an app database. Thread-safe. */
public interface WorkspaceCatalog {

    /** Adds a workspace in state {@link State#PROVISIONING}; an existing key throws {@link io.datalifecycle.dlt.problem.ConflictException}. */
    Entry create(Draft draft);

    Optional<Entry> find(String key);

    Optional<Entry> find(WorkspaceId id);

    /** All but deleted ones, ordered by id. */
    List<Entry> list();

    /** Replaces the state; {@link State#DELETED} also frees the key and forgets the parameters. */
    void state(WorkspaceId id, State state);

    /** Replaces parameters and zone. */
    void configure(WorkspaceId id, Map<String, Object> parameters, ZoneId zone);

    /** Life of a workspace. */
    enum State {
        PROVISIONING,
        ACTIVE,
        SUSPENDED,
        DELETED
    }

    /**
     * A workspace to be. Immutable.
     *
     * @param parameters values given, without defaults; {@code String}, {@code Double}, {@code Long}, {@code Boolean}, Instant and LocalDate as ISO text
     */
    record Draft(
            String key,
            String templateKey,
            String templateVersion,
            Map<String, Object> parameters,
            ZoneId zone,
            String placement) {
        public Draft {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /** A workspace as it is kept. Immutable. */
    record Entry(
            WorkspaceId id,
            String key,
            String templateKey,
            String templateVersion,
            Map<String, Object> parameters,
            ZoneId zone,
            String placement,
            State state,
            Instant createdAt) {
        public Entry {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }
}
