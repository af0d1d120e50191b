package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.AggregateFunction;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Merges;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.RollupColumn;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.Nesting;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Roll-ups of roll-ups: what is merged can be merged, from rows that are split alike and buckets that lie within one of ours. */
final class MergeCheck {

    /** Means of different numbers of values: their plain mean is something else than the mean of the values. */
    private static final Set<AggregateFunction> MEANS = EnumSet.of(
            AggregateFunction.AVG,
            AggregateFunction.STDDEV,
            AggregateFunction.VARIANCE,
            AggregateFunction.MEDIAN,
            AggregateFunction.PERCENTILE,
            AggregateFunction.RATE,
            AggregateFunction.TIME_WEIGHTED_AVG);

    private static final int MOST_WIDTHS = 5;

    private MergeCheck() {}

    static void check(Findings findings, Rollup rollup, String pointer) {
        Optional<Rollup> source = Merges.source(findings.template(), rollup);
        for (RollupColumn column : rollup.columns()) {
            String at = JsonPointer.child(pointer + "/columns", column.name());
            Aggregate aggregate = column.aggregate();
            if (aggregate.function() == AggregateFunction.MERGE) {
                merge(findings, rollup, source, column, at);
            } else if (aggregate.function() == AggregateFunction.AVG && source.isPresent()) {
                meanOfMeans(findings, rollup, source.get(), aggregate, at);
            }
        }
        if (source.isEmpty()) {
            return;
        }
        boolean merges = merges(rollup);
        for (int i = 0; merges && i < rollup.by().size(); i++) {
            by(findings, rollup, source.get(), i, pointer);
        }
        Optional<Misfit> misfit =
                misfit(rollup, source.get(), findings.template().timezone());
        if (misfit.isPresent() && merges) {
            findings.error(
                    ProblemCode.BAD_ROLLUP,
                    pointer + "/every",
                    misfit.get().message(),
                    misfit.get().hint());
        } else if (misfit.isPresent()) {
            findings.warning(
                    ProblemCode.BAD_ROLLUP,
                    pointer + "/every",
                    misfit.get().message() + ", so that each counts where it begins",
                    misfit.get().hint());
        }
    }

    /** What merges of a template cannot stand in a workspace of a zone of its own. */
    static void zone(Findings findings, ZoneId zone) {
        for (Featurestore store : findings.template().featurestores()) {
            if (store.transform() instanceof Rollup rollup && merges(rollup)) {
                Merges.source(findings.template(), rollup)
                        .flatMap(source -> misfit(rollup, source, zone))
                        .ifPresent(misfit -> findings.error(
                                ProblemCode.BAD_ROLLUP,
                                NameCheck.pointer(store) + "/rollup/every",
                                "in zone " + zone + " " + misfit.message(),
                                misfit.hint()));
            }
        }
    }

    private static boolean merges(Rollup rollup) {
        return rollup.columns().stream().anyMatch(c -> c.aggregate().function() == AggregateFunction.MERGE);
    }

    private static void merge(
            Findings findings, Rollup rollup, Optional<Rollup> source, RollupColumn column, String pointer) {
        Aggregate aggregate = column.aggregate();
        if (column.where().isPresent()) {
            findings.error(
                    ProblemCode.BAD_ROLLUP,
                    pointer,
                    aggregate + " is put together from whole buckets, where cannot be added",
                    "add it to the column of " + rollup.from());
        }
        if (source.isEmpty()) {
            // an unknown store has been told
            findings.template()
                    .store(rollup.from())
                    .ifPresent(store -> findings.error(
                            ProblemCode.BAD_ROLLUP,
                            pointer,
                            aggregate + " needs a roll-up to read, " + store.ref() + " is none",
                            "write the aggregate itself, for instance avg(column)"));
            return;
        }
        String name = aggregate.column().orElse("");
        boolean splits = name.equals(Featurestore.BUCKET) || source.get().by().contains(name);
        if (splits) {
            findings.error(
                    ProblemCode.BAD_ROLLUP,
                    pointer,
                    aggregate + " needs a column that " + rollup.from() + " computes",
                    "list " + name + " in by, or use min, max, first or last");
        }
        Merges.origin(findings.template(), source.get(), name)
                .filter(origin -> !origin.function().isMergeable())
                .ifPresent(origin -> findings.error(
                        ProblemCode.BAD_ROLLUP,
                        pointer,
                        aggregate + " cannot be put together: " + origin + " needs all values of its bucket",
                        "roll up from the raw store, or merge a histogram"));
    }

    private static void meanOfMeans(
            Findings findings, Rollup rollup, Rollup source, Aggregate aggregate, String pointer) {
        String name = aggregate.column().orElse("");
        Merges.origin(findings.template(), source, name)
                .filter(origin -> MEANS.contains(origin.function()))
                .ifPresent(origin -> findings.warning(
                        ProblemCode.BAD_ROLLUP,
                        pointer,
                        aggregate + " takes the mean of " + origin + ": each bucket of " + rollup.from()
                                + " counts alike, however many rows it has",
                        origin.function().isMergeable()
                                ? "use " + Aggregate.merge(name)
                                : "roll up from the raw store"));
    }

    private static void by(Findings findings, Rollup rollup, Rollup source, int index, String pointer) {
        String name = rollup.by().get(index);
        boolean exists = findings.columns(rollup.from())
                .filter(columns -> columns.find(name).isPresent())
                .isPresent();
        if (exists && !source.by().contains(name)) {
            findings.error(
                    ProblemCode.BAD_ROLLUP,
                    JsonPointer.child(pointer + "/by", index),
                    "what " + rollup.from() + " keeps to be merged is not split by " + name,
                    source.by().isEmpty() ? "leave it out" : "it is split by " + String.join(", ", source.by()));
        }
    }

    /** Empty where buckets nest, or where a width is wrong in itself, which has been told. */
    private static Optional<Misfit> misfit(Rollup rollup, Rollup source, ZoneId zone) {
        Bucketing outer;
        Bucketing inner;
        try {
            outer = rollup.bucketing(zone);
            inner = source.bucketing(zone);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Nesting.nests(inner, outer) ? Optional.empty() : Optional.of(Misfit.of(rollup, inner, outer));
    }

    private record Misfit(String message, String hint) {

        static Misfit of(Rollup rollup, Bucketing inner, Bucketing outer) {
            List<TemporalAmount> fitting = Nesting.fitting(outer, inner.zone());
            String widths = fitting.stream()
                    .skip(Math.max(0, fitting.size() - MOST_WIDTHS))
                    .map(TemporalAmount::toString)
                    .collect(Collectors.joining(", "));
            return new Misfit(
                    "buckets of " + named(outer) + " cut buckets of " + named(inner) + " of " + rollup.from()
                            + " in two",
                    widths.isEmpty() ? "make it a multiple" : "widths that fit below it are " + widths);
        }

        private static String named(Bucketing bucketing) {
            return bucketing.isCalendar() ? bucketing.every() + " in " + bucketing.zone() : "" + bucketing.every();
        }
    }
}
