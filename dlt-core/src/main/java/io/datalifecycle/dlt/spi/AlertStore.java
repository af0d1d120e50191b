package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.List;
import java.util.Optional;

/** States and history of alerts. Thread-safe. */
public interface AlertStore {

    /** All label sets of an alert; of all alerts when no key is given. */
    List<AlertStatus> load(WorkspaceContext workspace, Optional<String> alert);

    /**
     * Saves states, adds transitions to the history and puts messages into the outbox, in one transaction. A status that another node
     * has evaluated at the same or a later instant wins: then nothing of this call is saved and the answer is false.
     */
    boolean save(
            WorkspaceContext workspace,
            String alert,
            List<AlertStatus> states,
            List<AlertTransition> transitions,
            List<Outbox.Draft> messages);

    /** Transitions within a span, newest first. */
    List<AlertTransition> history(WorkspaceContext workspace, Optional<String> alert, TimeRange range, int limit);
}
