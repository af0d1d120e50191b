package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.SqlTransform;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.Transform;
import io.datalifecycle.dlt.time.Bucketing;
import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Featurestores: what all kinds share; the kinds have checks of their own. */
final class FeatureCheck {

    private FeatureCheck() {}

    static void check(Findings findings) {
        for (Featurestore store : findings.template().featurestores()) {
            String pointer = NameCheck.pointer(store);
            Transform transform = store.transform();
            String at = pointer + "/" + transform.kind().label();
            if (transform instanceof Rollup rollup) {
                RollupCheck.check(findings, rollup, at);
            } else if (transform instanceof SqlTransform sql) {
                sql(findings, sql, at);
            } else {
                JoinCheck.check(findings, transform, at);
            }
            store.refresh()
                    .cron()
                    .ifPresent(cron -> findings.cron(cron, findings.template().timezone(), pointer + "/refresh/cron"));
            store.refresh()
                    .budget()
                    .filter(b -> b.isZero() || b.isNegative())
                    .ifPresent(budget -> findings.error(
                            ProblemCode.BAD_VALUE,
                            pointer + "/refresh/budget",
                            "budget: " + budget + " is not above 0",
                            "for instance PT10M"));
            Spans.chunk(findings, store.chunk(), pointer);
            if (store.realtime()) {
                realtime(findings, store, pointer + "/realtime");
            }
            QualityCheck.check(findings, store, pointer + "/checks");
        }
    }

    /** The newest buckets are computed while they are read: from rows, or from what is there already. */
    private static void realtime(Findings findings, Featurestore store, String pointer) {
        if (!(store.transform() instanceof Rollup rollup)) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer,
                    "realtime: only the newest buckets of a rollup can be computed while they are read",
                    "leave it out, and refresh more often");
            return;
        }
        Optional<Store> source = findings.template().store(rollup.from());
        boolean isRealtime = source.isPresent() && source.get() instanceof Featurestore other && other.realtime();
        if (isRealtime || source.filter(Inferencestore.class::isInstance).isPresent()) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer,
                    "realtime: " + rollup.from()
                            + (isRealtime ? " is itself realtime" : " gets its rows when a model scores"),
                    "leave it out, or read a datastore or a featurestore that is not realtime");
        }
    }

    static void every(Findings findings, TemporalAmount every, String pointer) {
        try {
            Bucketing.of(every, findings.template().timezone());
        } catch (IllegalArgumentException e) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer + "/every",
                    String.valueOf(e.getMessage()),
                    "for instance PT10M or P1D");
        }
    }

    /** A featurestore of ours must not read a column twice or give two columns one name. */
    static void uniqueNames(Findings findings, List<String> names, String pointer) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                findings.error(
                        ProblemCode.NAME_COLLISION, pointer, "column " + name + " would appear twice", "rename one");
            }
        }
    }

    static void columns(Findings findings, Ref from, List<String> names, String pointer) {
        for (int i = 0; i < names.size(); i++) {
            findings.column(from, names.get(i), JsonPointer.child(pointer, i));
        }
    }

    /** Late rows make a refresh read as far back as they may be late, and a bucket further. */
    static void lateRows(Findings findings, Ref from, Duration bucket, String pointer) {
        Optional<Store> source = findings.template().store(from);
        if (source.isPresent()) {
            Duration late = source.get() instanceof Datastore datastore
                    ? datastore.accept().past().orElse(Duration.ZERO)
                    : Duration.ZERO;
            Spans.reachesBack(findings, source.get(), late.plus(bucket), pointer, "its refresh");
        }
    }

    private static void sql(Findings findings, SqlTransform sql, String pointer) {
        SqlCheck.check(findings, sql.sql(), List.of("from", "to"), pointer + "/query");
        List<String> names = sql.columns().stream().map(Column::name).toList();
        Optional<Column> time =
                sql.columns().stream().filter(c -> c.name().equals(sql.time())).findFirst();
        if (time.isEmpty()) {
            findings.error(
                    ProblemCode.UNKNOWN_COLUMN,
                    pointer + "/time",
                    "columns do not declare " + sql.time(),
                    "add " + sql.time() + ": timestamp");
        } else if (time.get().type() != ColumnType.TIMESTAMP) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer + "/time",
                    "column " + sql.time() + " is no timestamp",
                    "declare it as timestamp");
        }
        for (int i = 0; i < sql.by().size(); i++) {
            if (!names.contains(sql.by().get(i))) {
                findings.error(
                        ProblemCode.UNKNOWN_COLUMN,
                        pointer + "/by/" + i,
                        "columns do not declare " + sql.by().get(i),
                        "declare it in columns");
            }
        }
        uniqueNames(findings, names, pointer + "/columns");
        List<String> key = new ArrayList<>(List.of(sql.time()));
        key.addAll(sql.by());
        uniqueNames(findings, key, pointer + "/by");
        every(findings, sql.every(), pointer);
        for (Ref source : sql.sources()) {
            lateRows(findings, source, sql.lookBack().plus(Spans.atMost(sql.every())), pointer + "/look_back");
        }
    }
}
