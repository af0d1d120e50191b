package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The workspaces of an app database. Thread-safe. */
public interface WorkspaceCatalog {

    /** Adds a workspace in state {@link State#PROVISIONING}; an existing key throws {@link io.datalifecycle.dlt.problem.ConflictException}. */
    Entry create(Draft draft);

    Optional<Entry> find(String key);

    Optional<Entry> find(WorkspaceId id);

    /** All but deleted ones, ordered by id. */
    List<Entry> list();

    /**
     * Replaces the state; {@link State#DELETED} also frees the key and forgets the parameters. There is no way back from
     * {@link State#DELETING}: other states then throw {@link io.datalifecycle.dlt.problem.ConflictException}.
     */
    void state(WorkspaceId id, State state);

    /**
     * Replaces what a workspace is pinned to, and raises its revision by one; the former goes into its history. Another revision than
     * the expected one throws {@link io.datalifecycle.dlt.problem.ConflictException}: somebody else was faster.
     *
     * @param reason why, for people; may be empty
     */
    Entry pin(WorkspaceId id, long expectedRevision, Pin pin, String reason);

    /** What a workspace was pinned to, the newest first, the current pin among them. */
    List<Past> history(WorkspaceId id);

    /** Life of a workspace. */
    enum State {
        PROVISIONING,
        ACTIVE,
        SUSPENDED,
        ARCHIVED,
        DELETING,
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

    /**
     * What a workspace is pinned to. Immutable.
     *
     * @param templateVersion version of its template
     * @param parameters values given, without defaults
     * @param overlay canonical text of its overlay; empty when it has none
     * @param veiled stores that metrics read through a view, as {@code kind:key}
     */
    record Pin(
            String templateVersion,
            Map<String, Object> parameters,
            ZoneId zone,
            String placement,
            Optional<String> overlay,
            Set<String> veiled) {
        public Pin {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
            veiled = Set.copyOf(veiled);
        }
    }

    /**
     * A pin that a workspace has or had. Immutable.
     *
     * @param since when it came into force
     * @param reason why, for people; may be empty
     */
    record Past(long revision, Pin pin, Instant since, String reason) {}

    /** A workspace as it is kept. Immutable. */
    record Entry(
            WorkspaceId id, String key, String templateKey, Pin pin, long revision, State state, Instant createdAt) {

        /** Version of its template. */
        public String templateVersion() {
            return pin.templateVersion();
        }

        /** Values given, without defaults. */
        public Map<String, Object> parameters() {
            return pin.parameters();
        }

        /** Its time zone. */
        public ZoneId zone() {
            return pin.zone();
        }

        /** The data database it lives in. */
        public String placement() {
            return pin.placement();
        }
    }
}
