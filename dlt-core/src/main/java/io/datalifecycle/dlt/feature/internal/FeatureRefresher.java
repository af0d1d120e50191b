package io.datalifecycle.dlt.feature.internal;

import io.datalifecycle.dlt.feature.Backfill;
import io.datalifecycle.dlt.feature.FeatureStatus;
import io.datalifecycle.dlt.feature.Grain;
import io.datalifecycle.dlt.feature.IntervalLedger;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.FeatureLedger;
import io.datalifecycle.dlt.spi.FeatureWriter;
import io.datalifecycle.dlt.spi.FeatureWriter.Agenda;
import io.datalifecycle.dlt.spi.FeatureWriter.Ask;
import io.datalifecycle.dlt.spi.FeatureWriter.Refreshed;
import io.datalifecycle.dlt.spi.FeatureWriter.Run;
import io.datalifecycle.dlt.spi.QualityLog;
import io.datalifecycle.dlt.spi.QualityLog.CheckResult;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.spi.Vitals;
import io.datalifecycle.dlt.template.Check;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Refresh;
import io.datalifecycle.dlt.template.Refresh.Order;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Redoes the buckets that writes touched since the last refresh, and nothing else. Thread-safe. */
public final class FeatureRefresher {

    /** Writers may go on while we refresh; what they touch later is the next refresh's. */
    private static final int MOST_ROUNDS = 3;

    private static final TimeRange ALWAYS =
            TimeRange.of(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"));

    private final FeatureWriter writer;
    private final FeatureLedger ledger;
    private final QualityLog quality;
    private final StoreReader reader;
    private final Vitals vitals;
    private final InstantSource clock;
    private final DltListener listener;

    public FeatureRefresher(Storage storage, InstantSource clock, DltListener listener) {
        this.writer = storage.features();
        this.ledger = storage.featureLedger();
        this.quality = storage.quality();
        this.reader = storage.reader();
        this.vitals = storage.vitals();
        this.clock = clock;
        this.listener = listener;
    }

    /** How a run goes about it. */
    private record Way(
            String kind,
            Order order,
            Duration longest,
            double share,
            Optional<Duration> budget,
            Optional<TimeRange> again,
            boolean lead) {

        static Way of(String kind, Refresh refresh) {
            return new Way(
                    kind, refresh.order(), Backfill.DEFAULT_LONGEST, 1, Optional.empty(), Optional.empty(), false);
        }

        Way within(Duration budget, boolean takesLead) {
            return new Way(kind, order, longest, share, Optional.of(budget), again, takesLead);
        }

        Way again(TimeRange span) {
            return new Way(kind, order, longest, share, budget, Optional.of(span), lead);
        }
    }

    /** Takes in everything that changed in the store's sources. Featurestores it reads are not refreshed first. A paused store stays as it is. */
    public Refreshed refresh(WorkspaceContext workspace, Featurestore store) {
        return run(workspace, store, Way.of("refresh", store.refresh()));
    }

    /**
     * The same as a job: within the store's budget, the rest at the next run. A run that was taken over ends without a word.
     *
     * @param leads whether it is the store's own job, which goes on only as long as no other node has begun the same; one that comes by on its
     *     way to another store does what is there to do beside it
     */
    public Refreshed scheduled(WorkspaceContext workspace, Featurestore store, boolean leads) {
        Duration budget = store.refresh().budget().orElse(Refresh.DEFAULT_BUDGET);
        try {
            return run(workspace, store, Way.of("refresh", store.refresh()).within(budget, leads));
        } catch (ConflictException takenOver) {
            return Refreshed.NOTHING;
        }
    }

    /** Redoes the whole history; rows that no source gives any more are removed, those whose sources were dropped stay. */
    public Refreshed recompute(WorkspaceContext workspace, Featurestore store) {
        return run(workspace, store, Way.of("recompute", store.refresh()).again(ALWAYS));
    }

    /** Fills or redoes a long history piece by piece, until it is done or the store is paused. */
    public Refreshed backfill(WorkspaceContext workspace, Featurestore store, Backfill backfill) {
        return run(
                workspace,
                store,
                new Way(
                        "backfill",
                        backfill.order(),
                        backfill.longest(),
                        backfill.share(),
                        Optional.empty(),
                        backfill.range(),
                        false));
    }

    /** Where the store stands; takes nothing over from the log. */
    public FeatureStatus status(WorkspaceContext workspace, Featurestore store) {
        Agenda standing = ledger.standing(workspace, store);
        Instant now = clock.instant();
        Optional<Duration> lag = standing.completeUntil()
                .map(until -> until.isBefore(now) ? Duration.between(until, now) : Duration.ZERO);
        return new FeatureStatus(
                standing.todo(),
                standing.completeUntil(),
                lag,
                progress(workspace, store, standing.todo()),
                standing.paused());
    }

    private double progress(WorkspaceContext workspace, Featurestore store, List<TimeRange> todo) {
        if (todo.isEmpty()) {
            return 1;
        }
        Instant from = todo.get(0).from();
        Instant to = todo.get(todo.size() - 1).to();
        Bucketing bucketing =
                Grain.of(workspace.template(), store, workspace.zone()).bucketing();
        Optional<TimeRange> rows = reader.extent(workspace, store).map(bucketing::cover);
        if (rows.isPresent()) {
            from = rows.get().from().isBefore(from) ? rows.get().from() : from;
            to = rows.get().to().isAfter(to) ? rows.get().to() : to;
        }
        double whole = Duration.between(from, to).toMillis();
        return Math.max(0, 1 - IntervalLedger.length(todo).toMillis() / Math.max(1, whole));
    }

    private Refreshed run(WorkspaceContext workspace, Featurestore store, Way way) {
        Instant started = clock.instant();
        Bucketing bucketing =
                Grain.of(workspace.template(), store, workspace.zone()).bucketing();
        Work work = new Work(workspace, store, way, bucketing);
        Agenda agenda = writer.agenda(workspace, store, new Ask(started, way.again(), way.lead()));
        long fence = agenda.fence();
        for (int round = 0; round < MOST_ROUNDS && !agenda.todo().isEmpty() && !agenda.paused(); round++) {
            if (!work.all(agenda.todo(), fence) || work.heldBack().isPresent()) {
                break;
            }
            agenda = writer.agenda(workspace, store, new Ask(started, Optional.empty(), false));
        }
        Instant ended = clock.instant();
        told(workspace, store, quality.freshness(workspace, store, ended));
        vitals.beat(workspace, store.ref(), ended);
        agenda.completeUntil().ifPresent(until -> listener.onFresh(workspace, store.key(), until));
        Refreshed total = work.total();
        listener.onRefresh(workspace, store.key(), total.written(), total.removed(), Duration.between(started, ended));
        if (work.heldBack().isPresent()) {
            throw work.heldBack().get();
        }
        return total;
    }

    private void told(WorkspaceContext workspace, Featurestore store, List<CheckResult> results) {
        results.forEach(r -> listener.onCheck(workspace, store.key(), r.check(), r.failed()));
    }

    /** One run's pieces. Used by one thread. */
    private final class Work {

        private final WorkspaceContext workspace;
        private final Featurestore store;
        private final Way way;
        private final Bucketing bucketing;
        private final PieceLength length;
        private final long begun = System.nanoTime();
        private final List<TimeRange> intervals = new ArrayList<>();
        private long written;
        private long removed;
        private Optional<DltException> heldBack = Optional.empty();

        Work(WorkspaceContext workspace, Featurestore store, Way way, Bucketing bucketing) {
            this.workspace = workspace;
            this.store = store;
            this.way = way;
            this.bucketing = bucketing;
            this.length = new PieceLength(way.longest());
        }

        /** Whether all was done; false when the budget is used up or the store was paused. */
        boolean all(List<TimeRange> todo, long fence) {
            List<TimeRange> left = todo;
            while (!left.isEmpty()) {
                Duration rest = way.budget().map(b -> b.minus(elapsed())).orElse(Duration.ZERO);
                if (way.budget().isPresent() && rest.isNegative()) {
                    return false;
                }
                List<TimeRange> piece = way.order() == Order.NEWEST_FIRST
                        ? IntervalLedger.tail(left, bucketing, length.next())
                        : IntervalLedger.head(left, bucketing, length.next());
                long before = System.nanoTime();
                one(piece, fence);
                Duration took = Duration.ofNanos(System.nanoTime() - before);
                length.took(took);
                left = IntervalLedger.minus(left, piece);
                if (!left.isEmpty() && way.share() < 1) {
                    Rest.after(took, way.share());
                    if (ledger.standing(workspace, store).paused()) {
                        return false;
                    }
                }
            }
            return true;
        }

        private void one(List<TimeRange> piece, long fence) {
            Optional<Long> held = way.lead() ? Optional.of(fence) : Optional.empty();
            Run run = new Run(way.kind(), clock.instant(), held, way.budget().orElse(Duration.ZERO));
            try {
                Refreshed done = writer.refresh(workspace, store, piece, run);
                written += done.written();
                removed += done.removed();
                intervals.addAll(done.intervals());
                checked(run);
            } catch (ConflictException takenOver) {
                throw takenOver;
            } catch (RuntimeException failure) {
                ledger.failed(workspace, store, run, clock.instant(), String.valueOf(failure.getMessage()));
                if (!(failure instanceof DltException known) || known.code() != ProblemCode.CHECK_FAILED) {
                    throw failure;
                }
                // what a check keeps back keeps nothing else back: other pieces go on, and it is told at the end
                heldBack = heldBack.isPresent() ? heldBack : Optional.of(known);
                checked(run);
            }
        }

        private void checked(Run run) {
            if (!store.checks().isEmpty()) {
                Instant at = run.startedAt().truncatedTo(ChronoUnit.MICROS);
                told(
                        workspace,
                        store,
                        quality.latest(workspace, store).stream()
                                .filter(r -> r.at().equals(at) && !isFreshness(r.check()))
                                .toList());
            }
        }

        private boolean isFreshness(String check) {
            return store.checks().stream().anyMatch(c -> c.key().equals(check) && c instanceof Check.Freshness);
        }

        /** What a check said that kept a piece back. */
        Optional<DltException> heldBack() {
            return heldBack;
        }

        private Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - begun);
        }

        Refreshed total() {
            return new Refreshed(written, removed, intervals);
        }
    }
}
