package io.datalifecycle.dlt.delivery.internal;

import io.datalifecycle.dlt.delivery.DeliveryReport;
import io.datalifecycle.dlt.problem.DeliveryException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.Message;
import io.datalifecycle.dlt.spi.Notifier;
import io.datalifecycle.dlt.spi.Outbox;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties the outbox: claims what is due, composes, sends, remembers. Thread-safe; several nodes may run it at once. */
public final class OutboxRunner {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRunner.class);
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);
    /** With the pauses above the last attempt is a good day after the first. */
    private static final int MAX_ATTEMPTS = 30;

    private static final int CLAIM = 20;

    private final Outbox outbox;
    private final Routing routing;
    private final MessageComposer composer;
    private final Function<WorkspaceId, Optional<WorkspaceContext>> workspaces;
    private final InstantSource clock;
    private final DltListener listener;

    @SuppressWarnings("checkstyle:ParameterNumber") // one collaborator each; made in one place
    public OutboxRunner(
            Outbox outbox,
            Routing routing,
            MessageComposer composer,
            Function<WorkspaceId, Optional<WorkspaceContext>> workspaces,
            InstantSource clock,
            DltListener listener) {
        this.outbox = outbox;
        this.routing = routing;
        this.composer = composer;
        this.workspaces = workspaces;
        this.clock = clock;
        this.listener = listener;
    }

    /** Sends everything that is due now. A message that fails is postponed or given up, its neighbours go on. */
    public DeliveryReport deliver() {
        DeliveryReport total = new DeliveryReport(0, 0, 0);
        List<Outbox.Entry> claimed = outbox.claim(clock.instant(), CLAIM, LEASE);
        while (!claimed.isEmpty()) {
            for (Outbox.Entry entry : claimed) {
                total = total.plus(deliver(entry));
            }
            claimed = outbox.claim(clock.instant(), CLAIM, LEASE);
        }
        return total;
    }

    private DeliveryReport deliver(Outbox.Entry entry) {
        Optional<WorkspaceContext> workspace = workspaces.apply(entry.message().workspace());
        if (workspace.isEmpty()) {
            outbox.failed(entry.id(), clock.instant(), "the workspace is gone", Optional.empty());
            return new DeliveryReport(0, 0, 1);
        }
        Instant started = clock.instant();
        try {
            String receipt = send(workspace.get(), entry);
            outbox.delivered(entry.id(), clock.instant(), receipt);
            listener.onDelivery(
                    workspace.get(), entry.message().channel(), true, Duration.between(started, clock.instant()));
            return new DeliveryReport(1, 0, 0);
        } catch (DltException failure) {
            listener.onDelivery(
                    workspace.get(), entry.message().channel(), false, Duration.between(started, clock.instant()));
            return failed(workspace.get(), entry, failure);
        }
    }

    private String send(WorkspaceContext workspace, Outbox.Entry entry) {
        Routing.Route route = routing.route(
                workspace, entry.message().channel(), entry.message().recipient());
        Message message = composer.compose(workspace, entry.message());
        return route.notifier()
                .send(
                        message,
                        new Notifier.Destination(
                                route.channel(),
                                route.options(),
                                route.recipient(),
                                messageId(workspace, entry.message())));
    }

    /** The same at every attempt and on every node, different for every occasion and recipient. */
    private static String messageId(WorkspaceContext workspace, Outbox.Draft draft) {
        String occasion = workspace.key() + "\n" + draft.once() + "\n" + draft.channel() + "\n" + draft.recipient()
                + "\n" + draft.createdAt();
        return "dlt-" + UUID.nameUUIDFromBytes(occasion.getBytes(StandardCharsets.UTF_8));
    }

    private DeliveryReport failed(WorkspaceContext workspace, Outbox.Entry entry, DltException failure) {
        Instant now = clock.instant();
        boolean again = isRetryable(failure) && entry.attempts() + 1 < MAX_ATTEMPTS;
        Optional<Instant> retryAt = again ? Optional.of(now.plus(pause(entry.attempts()))) : Optional.empty();
        if (entry.attempts() == 0 || !again) { // once when it begins and once when it is given up
            LOG.warn(
                    "workspace {} channel {}: {} of {} not delivered, {}: {}",
                    workspace.key(),
                    entry.message().channel(),
                    entry.message().kind(),
                    entry.message().item(),
                    again ? "will be tried again" : "given up",
                    failure.getMessage());
        }
        outbox.failed(entry.id(), now, String.valueOf(failure.getMessage()), retryAt);
        return again ? new DeliveryReport(0, 1, 0) : new DeliveryReport(0, 0, 1);
    }

    private static boolean isRetryable(DltException failure) {
        if (failure instanceof DeliveryException delivery) {
            return delivery.isRetryable();
        }
        return failure instanceof StoreUnavailableException away && away.isRetryable();
    }

    private static Duration pause(int attempts) {
        Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(attempts, 10));
        return pause.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : pause;
    }
}
