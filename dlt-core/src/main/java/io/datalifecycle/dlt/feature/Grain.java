package io.datalifecycle.dlt.feature;

import io.datalifecycle.dlt.template.AsOfJoin;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.SqlTransform;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.Transform;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * In which units a featurestore is redone, and which of them a change of a source concerns. Pure; the one place that says so, for what a
 * refresh takes in, what retention has to keep, and what is frozen because its source is gone.
 */
public final class Grain {

    /** Rows that are made one by one are redone by minutes: fewer and longer intervals, and no row is far away. */
    private static final Duration ROWS = Duration.ofMinutes(1);

    private final Template template;
    private final Featurestore store;
    private final Bucketing bucketing;

    private Grain(Template template, Featurestore store, Bucketing bucketing) {
        this.template = template;
        this.store = store;
        this.bucketing = bucketing;
    }

    /** The grain of a featurestore in a workspace of that zone. */
    public static Grain of(Template template, Featurestore store, ZoneId zone) {
        return new Grain(template, store, bucketing(store.transform(), zone));
    }

    private static Bucketing bucketing(Transform transform, ZoneId zone) {
        if (transform instanceof Rollup rollup) {
            return rollup.bucketing(zone);
        }
        return transform instanceof SqlTransform sql
                ? Bucketing.of(sql.every(), zone)
                : Bucketing.of(ROWS, ZoneOffset.UTC);
    }

    /** How its time is cut. */
    public Bucketing bucketing() {
        return bucketing;
    }

    /**
     * The intervals that a change of a source concerns, whole units.
     *
     * @param touched span of the source that changed
     * @param end where the driving source ends, exclusive; what reaches without bounds reaches to there
     */
    public List<TimeRange> affected(Ref source, TimeRange touched, Instant end) {
        List<TimeRange> affected = new ArrayList<>();
        Transform transform = store.transform();
        if (transform.sources().get(0).equals(source)) {
            affected.add(later(touched, lookBack()));
        } else if (transform instanceof SqlTransform) {
            affected.add(later(touched, lookBack()));
        }
        if (transform instanceof AsOfJoin join) {
            for (AsOfJoin.Joined joined : join.joins()) {
                if (joined.from().equals(source)) {
                    affected.add(reached(joined, touched, end));
                }
            }
        }
        return IntervalLedger.intervals(affected, bucketing);
    }

    private TimeRange reached(AsOfJoin.Joined joined, TimeRange touched, Instant end) {
        boolean bounded = joined.within().isPresent() && !isReference(joined.from());
        if (bounded) {
            return later(touched, joined.within().get().plus(delay(joined.from())));
        }
        Instant to = end.isAfter(touched.to()) ? end : touched.to();
        return TimeRange.of(touched.from(), to.plus(ROWS));
    }

    /** How far before an interval its rows look at the driving source. */
    public Duration lookBack() {
        Transform transform = store.transform();
        if (transform instanceof Rollup rollup) {
            return rollup.reach();
        }
        return transform instanceof SqlTransform sql ? sql.lookBack() : Duration.ZERO;
    }

    /** First instant of a source that is needed to redo from the given one on; empty when any row before may be. */
    public Optional<Instant> needs(Ref source, Instant from) {
        Instant start = bucketing.bucketOf(from).from();
        if (store.transform() instanceof AsOfJoin join) {
            for (AsOfJoin.Joined joined : join.joins()) {
                if (joined.from().equals(source)) {
                    return isReference(source)
                            ? Optional.empty()
                            : joined.within().map(w -> start.minus(w).minus(delay(source)));
                }
            }
        }
        return Optional.of(start.minus(lookBack()));
    }

    /**
     * From which instant on intervals can be redone when a source has lost its rows before another: units that would see less than they saw
     * are left as they are. Only the driving source counts: a join whose other rows are gone goes on with those that are there.
     */
    public Instant redoneFrom(Ref source, Instant floor) {
        if (!store.transform().sources().get(0).equals(source) && !(store.transform() instanceof SqlTransform)) {
            return Instant.MIN;
        }
        Instant seen = floor.plus(lookBack());
        TimeRange unit = bucketing.bucketOf(seen);
        return unit.from().equals(seen) ? seen : unit.to();
    }

    /**
     * From when on a row of a store may be seen by others: a bucket says something only once it has ended. Rows that keep the times of a store,
     * those of a join, a formula or a model's scores, wait as long as its rows do.
     */
    public static Optional<Bucketing> delayed(Template template, Ref ref, ZoneId zone) {
        return delayed(template, ref, zone, 0);
    }

    private static Optional<Bucketing> delayed(Template template, Ref ref, ZoneId zone, int depth) {
        Optional<Store> store = template.store(ref);
        if (store.isEmpty() || depth > template.stores().size()) {
            return Optional.empty();
        }
        if (store.get() instanceof Inferencestore) {
            return template.models().stream()
                    .filter(model -> model.scoring().into().equals(ref))
                    .flatMap(model -> delayed(template, model.features().from(), zone, depth + 1).stream())
                    .max(Comparator.comparing(bucketing -> Bucketing.longest(bucketing.every())));
        }
        if (!(store.get() instanceof Featurestore feature)) {
            return Optional.empty();
        }
        if (feature.transform() instanceof Rollup rollup) {
            return Optional.of(rollup.bucketing(zone));
        }
        return feature.transform() instanceof SqlTransform sql
                ? Optional.of(Bucketing.of(sql.every(), zone))
                : delayed(template, feature.transform().sources().get(0), zone, depth + 1);
    }

    private Duration delay(Ref ref) {
        return delayed(template, ref, ZoneOffset.UTC)
                .map(b -> Bucketing.longest(b.every()))
                .orElse(Duration.ZERO);
    }

    private boolean isReference(Ref ref) {
        return template.store(ref)
                .filter(s ->
                        s instanceof Datastore datastore && datastore.validTo().isPresent())
                .isPresent();
    }

    private static TimeRange later(TimeRange range, Duration by) {
        return range.isEmpty() ? range : TimeRange.of(range.from(), range.to().plus(by));
    }
}
