package io.datalifecycle.dlt.feature.internal;

import io.datalifecycle.dlt.feature.IntervalLedger;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.FeatureWriter;
import io.datalifecycle.dlt.spi.FeatureWriter.Consumer;
import io.datalifecycle.dlt.spi.FeatureWriter.Refreshed;
import io.datalifecycle.dlt.spi.FeatureWriter.Touched;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.spi.Vitals;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Redoes the buckets that writes touched since the last refresh, and nothing else. Thread-safe. */
public final class FeatureRefresher {

    /** Span of one transaction: long histories are first filled piece by piece. */
    private static final Duration PIECE = Duration.ofDays(31);

    /** Writers may go on while we refresh; what they touch later is the next refresh's. */
    private static final int MOST_ROUNDS = 3;

    private final FeatureWriter writer;
    private final StoreReader reader;
    private final Vitals vitals;
    private final InstantSource clock;
    private final DltListener listener;

    public FeatureRefresher(Storage storage, InstantSource clock, DltListener listener) {
        this.writer = storage.features();
        this.reader = storage.reader();
        this.vitals = storage.vitals();
        this.clock = clock;
        this.listener = listener;
    }

    /** Takes in everything that changed in the store's sources. Featurestores it reads are not refreshed first. */
    public Refreshed refresh(WorkspaceContext workspace, Featurestore store) {
        Instant started = clock.instant();
        Refreshed total = new Refreshed(0, 0, List.of());
        List<Touched> pending = writer.pending(workspace, Consumer.of(store));
        for (int round = 0; round < MOST_ROUNDS && !pending.isEmpty(); round++) {
            List<TimeRange> touched = pending.stream().map(Touched::range).toList();
            total = plus(total, redo(workspace, store, touched, pending));
            pending = writer.pending(workspace, Consumer.of(store));
        }
        tell(workspace, store, total, started);
        return total;
    }

    /** Redoes the whole history; rows that no source gives any more are removed. */
    public Refreshed recompute(WorkspaceContext workspace, Featurestore store) {
        Instant started = clock.instant();
        List<Touched> pending = writer.pending(workspace, Consumer.of(store));
        List<TimeRange> all =
                new ArrayList<>(pending.stream().map(Touched::range).toList());
        reader.extent(workspace, store).ifPresent(all::add);
        for (Ref source : store.transform().sources()) {
            workspace
                    .template()
                    .store(source)
                    .flatMap(s -> extent(workspace, s))
                    .ifPresent(all::add);
        }
        Refreshed total = redo(workspace, store, all, pending);
        tell(workspace, store, total, started);
        return total;
    }

    private void tell(WorkspaceContext workspace, Featurestore store, Refreshed total, Instant started) {
        Instant ended = clock.instant();
        vitals.beat(workspace, store.ref(), ended);
        listener.onRefresh(workspace, store.key(), total.written(), total.removed(), Duration.between(started, ended));
    }

    private java.util.Optional<TimeRange> extent(WorkspaceContext workspace, Store store) {
        return reader.extent(workspace, store);
    }

    private Refreshed redo(
            WorkspaceContext workspace, Featurestore store, List<TimeRange> touched, List<Touched> pending) {
        Bucketing bucketing = bucketing(workspace, store);
        List<List<TimeRange>> pieces =
                IntervalLedger.pieces(IntervalLedger.intervals(touched, bucketing), bucketing, PIECE);
        Refreshed total = new Refreshed(0, 0, List.of());
        for (int i = 0; i < pieces.size(); i++) {
            // entries are forgotten with the last piece: a crash before it only means doing pieces again
            List<Long> taken =
                    i == pieces.size() - 1 ? pending.stream().map(Touched::id).toList() : List.of();
            total = plus(total, writer.refresh(workspace, store, pieces.get(i), taken));
        }
        return total;
    }

    private static Bucketing bucketing(WorkspaceContext workspace, Featurestore store) {
        if (store.transform() instanceof Rollup rollup) {
            return rollup.bucketing(workspace.zone());
        }
        throw new DltException(
                ProblemCode.CONFIGURATION,
                "featurestore " + store.key() + ": this version refreshes roll-ups; "
                        + store.transform().kind().label() + " is declared");
    }

    private static Refreshed plus(Refreshed a, Refreshed b) {
        List<TimeRange> intervals = new ArrayList<>(a.intervals());
        intervals.addAll(b.intervals());
        return new Refreshed(a.written() + b.written(), a.removed() + b.removed(), intervals);
    }
}
