package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Refused rows that wait to be mended and replayed. Thread-safe. */
public interface Quarantine {

    /** The oldest first. */
    List<Entry> list(WorkspaceContext workspace, Datastore store, int limit);

    /** Number of rows by first reason ({@code pointer keyword}). */
    Map<String, Long> countByReason(WorkspaceContext workspace, Datastore store);

    /** Removes rows, after they were replayed or given up. Gives how many were there. */
    long remove(WorkspaceContext workspace, Datastore store, Collection<Long> ids);

    /**
     * A refused row as it is kept. Immutable.
     *
     * @param id within the store
     * @param rejection line, reasons, payload
     * @param source where it came from
     * @param templateVersion version whose schema it broke
     * @param at when
     */
    record Entry(long id, RowRejection rejection, String source, String templateVersion, Instant at) {}
}
