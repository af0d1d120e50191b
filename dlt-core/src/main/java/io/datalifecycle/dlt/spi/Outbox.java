package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Messages on their way out. What is in it leaves at least once, and once only unless a notifier dies between sending and saying so. Thread-safe. */
public interface Outbox {

    /** Adds messages; one whose {@code once} is known already is left out. Gives how many were added. */
    int enqueue(List<Draft> messages);

    /** Takes messages that are due, so that no other node sends them before the lease ends. */
    List<Entry> claim(Instant now, int limit, Duration lease);

    /** The message is out. */
    void delivered(long id, Instant at, String receipt);

    /** Sending failed; tried again at an instant, or given up when that is empty. */
    void failed(long id, Instant at, String error, Optional<Instant> retryAt);

    /** State of the messages of a workspace, newest first. */
    List<Status> list(WorkspaceId workspace, int limit);

    /** Life of a message. */
    enum State {
        WAITING,
        DELIVERED,
        DEAD
    }

    /**
     * A message to be. Immutable by convention.
     *
     * @param kind {@code alert} or {@code report}
     * @param item key of the alert or report
     * @param channel key of the channel
     * @param recipient whom, as the notifier understands it
     * @param once unique text of the occasion: the same text is never sent twice to the same recipient
     * @param payload what happened, JSON
     * @param files rendered parts that go with it
     * @param createdAt when
     */
    record Draft(
            WorkspaceId workspace,
            String kind,
            String item,
            String channel,
            String recipient,
            String once,
            String payload,
            List<Message.Part> files,
            Instant createdAt) {
        public Draft {
            files = List.copyOf(files);
        }
    }

    /**
     * A message that was claimed. Immutable.
     *
     * @param attempts how often it was tried before
     */
    record Entry(long id, Draft message, int attempts) {}

    /** Where a message stands. Immutable. */
    record Status(
            long id,
            String kind,
            String item,
            String channel,
            String recipient,
            State state,
            int attempts,
            String lastError,
            Instant createdAt,
            Optional<Instant> deliveredAt) {}
}
