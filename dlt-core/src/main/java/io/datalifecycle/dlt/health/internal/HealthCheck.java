package io.datalifecycle.dlt.health.internal;

import io.datalifecycle.dlt.connector.ConnectorStatus;
import io.datalifecycle.dlt.health.WorkspaceHealth;
import io.datalifecycle.dlt.health.WorkspaceHealth.ConnectorHealth;
import io.datalifecycle.dlt.health.WorkspaceHealth.DatabaseHealth;
import io.datalifecycle.dlt.health.WorkspaceHealth.JobHealth;
import io.datalifecycle.dlt.health.WorkspaceHealth.OutboxHealth;
import io.datalifecycle.dlt.health.WorkspaceHealth.Status;
import io.datalifecycle.dlt.health.WorkspaceHealth.StoreHealth;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.spi.ConnectorLog;
import io.datalifecycle.dlt.spi.FeatureWriter.Consumer;
import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.spi.QualityLog;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.Vitals;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.OnFail;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Asks how a workspace is, one question after the other; one that fails costs its own answer only. Thread-safe. */
public final class HealthCheck {

    /** Jobs are looked for every second; nodes that start, and jobs that run long, may take their time. */
    private static final Duration LATE = Duration.ofMinutes(5);

    private final Storage storage;
    private final JobQueue queue;
    private final InstantSource clock;

    public HealthCheck(Storage storage, JobQueue queue, InstantSource clock) {
        this.storage = storage;
        this.queue = queue;
        this.clock = clock;
    }

    /** How it is now; never throws for what is wrong with it. */
    public WorkspaceHealth of(WorkspaceContext workspace) {
        return new Questions(workspace, clock.instant()).ask();
    }

    /** The questions about one workspace. */
    private final class Questions {

        private final WorkspaceContext workspace;
        private final Instant now;
        private final Vitals vitals = storage.vitals();
        private final List<String> reasons = new ArrayList<>();
        private boolean down;

        Questions(WorkspaceContext workspace, Instant now) {
            this.workspace = workspace;
            this.now = now;
        }

        WorkspaceHealth ask() {
            DatabaseHealth app = database("app", vitals::askApp);
            DatabaseHealth data = database(workspace.placement(), () -> vitals.askData(workspace));
            List<StoreHealth> stores = stores(data.latency().isPresent());
            boolean hasApp = app.latency().isPresent();
            List<ConnectorHealth> connectors = connectors(hasApp);
            Optional<JobHealth> jobs = hasApp ? answer("its jobs", this::jobs) : Optional.empty();
            Optional<OutboxHealth> outbox = hasApp ? answer("its messages", this::outbox) : Optional.empty();
            Status status = down ? Status.DOWN : reasons.isEmpty() ? Status.UP : Status.DEGRADED;
            return new WorkspaceHealth(now, status, reasons, List.of(app, data), stores, connectors, jobs, outbox);
        }

        private DatabaseHealth database(String name, Runnable question) {
            long started = System.nanoTime();
            try {
                question.run();
                return new DatabaseHealth(name, Optional.of(Duration.ofNanos(System.nanoTime() - started)));
            } catch (RuntimeException failure) {
                down = true;
                reasons.add("database " + name + " does not answer: " + said(failure));
                return new DatabaseHealth(name, Optional.empty());
            }
        }

        /** What it says; empty, with a reason, when it cannot. */
        private <T> Optional<T> answer(String what, Supplier<T> question) {
            try {
                return Optional.of(question.get());
            } catch (RuntimeException failure) {
                reasons.add(what + " could not be asked: " + said(failure));
                return Optional.empty();
            }
        }

        /** Our own errors are worded without values; of others only the kind is told. */
        private static String said(RuntimeException failure) {
            return failure instanceof DltException
                    ? String.valueOf(failure.getMessage())
                    : failure.getClass().getSimpleName();
        }

        private List<StoreHealth> stores(boolean isThere) {
            Map<Ref, Instant> beats = isThere
                    ? answer("when its stores were written", () -> vitals.beats(workspace))
                            .orElse(Map.of())
                    : Map.of();
            return workspace.template().stores().stream()
                    .map(store -> isThere ? store(store, Optional.ofNullable(beats.get(store.ref()))) : unknown(store))
                    .toList();
        }

        private static StoreHealth unknown(Store store) {
            return new StoreHealth(
                    store.ref(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    OptionalInt.empty());
        }

        private StoreHealth store(Store store, Optional<Instant> lastWrite) {
            String name = store.ref().toString();
            Optional<Instant> newest = answer("newest row of " + name, () -> vitals.newest(workspace, store, now))
                    .flatMap(found -> found);
            OptionalInt pending = pending(store, name);
            heldBack(store, name);
            Optional<Duration> refreshLag = pending.isEmpty()
                    ? Optional.empty()
                    : pending.getAsInt() == 0 ? Optional.of(Duration.ZERO) : lastWrite.map(this::since);
            return new StoreHealth(
                    store.ref(),
                    newest,
                    newest.map(this::since),
                    lastWrite,
                    quarantined(store, name),
                    pending,
                    refreshLag,
                    answer("partitions of " + name, () -> vitals.chunksAhead(workspace, store, now))
                            .orElse(OptionalInt.empty()));
        }

        private OptionalLong quarantined(Store store, String name) {
            if (!(store instanceof Datastore datastore)) {
                return OptionalLong.empty();
            }
            Optional<Long> count = answer("quarantine of " + name, () -> vitals.quarantined(workspace, datastore));
            return count.isPresent() ? OptionalLong.of(count.get()) : OptionalLong.empty();
        }

        private OptionalInt pending(Store store, String name) {
            if (!(store instanceof Featurestore features)) {
                return OptionalInt.empty();
            }
            Optional<Integer> count = answer(
                    "changes for " + name,
                    () -> storage.features()
                            .pending(workspace, Consumer.of(features))
                            .size());
            return count.isPresent() ? OptionalInt.of(count.get()) : OptionalInt.empty();
        }

        private void heldBack(Store store, String name) {
            if (!(store instanceof Featurestore features)
                    || features.checks().stream().noneMatch(check -> check.onFail() == OnFail.BLOCK)) {
                return;
            }
            answer("checks of " + name, () -> storage.quality().latest(workspace, features)).orElse(List.of()).stream()
                    .filter(QualityLog.CheckResult::blocked)
                    .forEach(result -> reasons.add("check " + result.check() + " of " + name
                            + " keeps rows back since " + result.at() + ": "
                            + result.detail().orElse("it did not say why")));
        }

        private Duration since(Instant then) {
            return then.isBefore(now) ? Duration.between(then, now) : Duration.ZERO;
        }

        private List<ConnectorHealth> connectors(boolean isThere) {
            if (!isThere || workspace.template().connectors().isEmpty()) {
                return List.of();
            }
            List<ConnectorLog.Entry> log = answer(
                            "its connectors", () -> storage.connectors().list(workspace))
                    .orElse(List.of());
            List<ConnectorHealth> found = workspace.template().connectors().stream()
                    .map(connector -> ConnectorStatus.of(
                            connector,
                            log.stream()
                                    .filter(entry -> entry.connector().equals(connector.key()))
                                    .findFirst(),
                            Map.of()))
                    .map(status ->
                            new ConnectorHealth(status.key(), status.state(), status.lastRunAt(), status.lastError()))
                    .toList();
            found.stream()
                    .filter(connector -> connector.state() == ConnectorStatus.State.FAILING)
                    .forEach(connector -> reasons.add("connector " + connector.key() + " fails: "
                            + connector.lastError().orElse("it did not say why")));
            return found;
        }

        private JobHealth jobs() {
            List<JobQueue.Planned> planned = queue.planned(workspace.id());
            List<String> overdue = names(planned.stream()
                    .filter(job -> !job.paused()
                            && job.next()
                                    .filter(next -> next.plus(LATE).isBefore(now))
                                    .isPresent())
                    .toList());
            List<String> failing =
                    names(planned.stream().filter(job -> job.failures() > 0).toList());
            if (!overdue.isEmpty()) {
                reasons.add(
                        "jobs are overdue, does a node with their role run Dlt.start()? " + String.join(", ", overdue));
            }
            if (!failing.isEmpty()) {
                reasons.add("jobs fail, the log says why: " + String.join(", ", failing));
            }
            return new JobHealth(planned.size(), overdue, failing);
        }

        private static List<String> names(List<JobQueue.Planned> jobs) {
            return jobs.stream()
                    .map(job -> (job.job().kind() + " " + job.job().item()).trim())
                    .toList();
        }

        private OutboxHealth outbox() {
            Vitals.Backlog backlog = vitals.backlog(workspace.id(), now);
            Optional<Duration> oldest = backlog.oldest().map(this::since);
            if (oldest.isPresent() && oldest.get().compareTo(LATE) > 0) {
                reasons.add("of " + backlog.waiting() + " messages that wait the oldest waits for " + oldest.get());
            }
            if (backlog.dead() > 0) {
                reasons.add(backlog.dead() + " messages of the last day were given up");
            }
            return new OutboxHealth(backlog.waiting(), oldest, backlog.dead());
        }
    }
}
