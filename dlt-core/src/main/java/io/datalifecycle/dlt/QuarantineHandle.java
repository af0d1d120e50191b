package io.datalifecycle.dlt;

import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.spi.Quarantine.Entry;
import io.datalifecycle.dlt.spi.Quarantine.Filter;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Refused rows of a datastore that wait to be mended. Thread-safe. */
public final class QuarantineHandle {

    private final Engine engine;
    private final WorkspaceContext workspace;
    private final Datastore store;

    QuarantineHandle(Engine engine, WorkspaceContext workspace, Datastore store) {
        this.engine = engine;
        this.workspace = workspace;
        this.store = store;
    }

    /** The oldest rows. */
    public List<Entry> list(int limit) {
        return list(Filter.all(), 0, limit);
    }

    /** The oldest rows of a filter after an id; 0 for the first page, then the last id of the page before. */
    public List<Entry> list(Filter filter, long afterId, int limit) {
        return engine.storage.quarantine().list(workspace, store, filter, afterId, limit);
    }

    /** Rows whose time is over and that the next {@link Workspace#maintain} removes. */
    public List<Entry> expired(int limit) {
        return list(Filter.expiredBy(engine.clock.instant()), 0, limit);
    }

    /** Number of rows by pointer and keyword of their first reason ({@code /pressure minimum}), the most frequent first. */
    public Map<String, Long> countByReason() {
        return engine.storage.quarantine().countByReason(workspace, store);
    }

    /**
     * Tries rows again as they are, for instance after a new version of the template. Those that pass are stored and leave the
     * quarantine, both or neither; the others stay. Doing it again, or at the same time elsewhere, stores nothing twice. The result
     * counts what was tried; the line of a rejection is the id of its row here.
     */
    public IngestResult replay(Filter filter) {
        WorkspaceContext now = engine.lifecycle.requireRows(workspace);
        return engine.replayer.replay(now, engine.lifecycle.now(workspace, now, store), filter, Optional.empty());
    }

    /**
     * Tries rows again, mended. What the fix gives is validated as any row is; the quarantine keeps rows that fail as they came.
     *
     * @param fix gets a row as a new map, numbers as {@code Integer}, {@code Long}, {@code BigInteger} or {@code BigDecimal}, objects and
     *     lists as maps and lists, and gives the row as it should have been; what it throws goes through, and what was replayed before
     *     stays so. Rows that are no JSON object do not reach it and stay.
     */
    public IngestResult replay(Filter filter, UnaryOperator<Map<String, @Nullable Object>> fix) {
        WorkspaceContext now = engine.lifecycle.requireRows(workspace);
        return engine.replayer.replay(now, engine.lifecycle.now(workspace, now, store), filter, Optional.of(fix));
    }

    /** Gives rows up for good. Gives how many there were. */
    public long purge(Filter filter) {
        return engine.storage.quarantine().purge(workspace, store, filter);
    }
}
