package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.problem.ProblemCode;
import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Declares a featurestore: exactly one of rollup, sql, join and expression. Not thread-safe. */
public final class FeaturestoreBuilder {

    private final Place place;
    private final Renaming renaming;
    private final Map<String, Check> checks = new LinkedHashMap<>();
    private @Nullable String title;
    private @Nullable Transform transform;
    private @Nullable Refresh refresh;
    private @Nullable Duration chunk;
    private @Nullable TemporalAmount retention;
    private @Nullable Boolean realtime;
    private @Nullable TemporalAmount history;

    FeaturestoreBuilder(Place place) {
        this.place = place;
        this.renaming = new Renaming(place);
    }

    /** Key that it had in the version before; its rows and states are kept. */
    public FeaturestoreBuilder renamedFrom(String oldKey) {
        renaming.from(oldKey);
        return this;
    }

    /** A column with the name it had in the version before; its values are kept. */
    public FeaturestoreBuilder renamedColumn(String name, String oldName) {
        renaming.column(name, oldName);
        return this;
    }

    /** Name for people. */
    public FeaturestoreBuilder title(String value) {
        title = place.once("title", title, value);
        return this;
    }

    /** Aggregates per bucket of a store. */
    public FeaturestoreBuilder rollup(Store from, Consumer<RollupBuilder> nested) {
        return rollup(from.ref().toString(), nested);
    }

    /** Aggregates per bucket of a store named {@code kind:key}. */
    public FeaturestoreBuilder rollup(String from, Consumer<RollupBuilder> nested) {
        RollupBuilder builder = new RollupBuilder(place.child("rollup"), from);
        nested.accept(builder);
        return transform(builder.build());
    }

    /** The template's own SELECT, which binds {@code :from} and {@code :to}. */
    public FeaturestoreBuilder sql(String query, Consumer<SqlTransformBuilder> nested) {
        SqlTransformBuilder builder = new SqlTransformBuilder(place.child("sql"), query);
        nested.accept(builder);
        return transform(builder.build());
    }

    /** Rows of a store joined with the latest earlier rows of others. */
    public FeaturestoreBuilder join(Store from, Consumer<JoinBuilder> nested) {
        return join(from.ref().toString(), j -> nested.accept(j.defaultTime(from.time())));
    }

    /** Rows of a store named {@code kind:key}, joined with the latest earlier rows of others. */
    public FeaturestoreBuilder join(String from, Consumer<JoinBuilder> nested) {
        JoinBuilder builder = new JoinBuilder(place.child("join"), from);
        nested.accept(builder);
        return transform(builder.build());
    }

    /** Columns computed row by row from a store. */
    public FeaturestoreBuilder expression(Store from, Consumer<FormulaBuilder> nested) {
        return expression(from.ref().toString(), f -> nested.accept(f.defaultTime(from.time())));
    }

    /** Columns computed row by row from a store named {@code kind:key}. */
    public FeaturestoreBuilder expression(String from, Consumer<FormulaBuilder> nested) {
        FormulaBuilder builder = new FormulaBuilder(place.child("expression"), from);
        nested.accept(builder);
        return transform(builder.build());
    }

    /** When it is brought up to date; without it, when its sources were or by hand. */
    public FeaturestoreBuilder refresh(Consumer<RefreshBuilder> nested) {
        RefreshBuilder builder = new RefreshBuilder(place.child("refresh"));
        nested.accept(builder);
        refresh = place.once("refresh", refresh, builder.build());
        return this;
    }

    /** Span of one chunk or partition. */
    public FeaturestoreBuilder chunk(Duration value) {
        chunk = place.once("chunk", chunk, value);
        return this;
    }

    /** How long rows are kept: a Period or a Duration. */
    public FeaturestoreBuilder retention(TemporalAmount value) {
        retention = place.once("retention", retention, value);
        return this;
    }

    /** Metrics also see what came since the last refresh in the newest buckets. */
    public FeaturestoreBuilder realtime() {
        realtime = place.once("realtime", realtime, true);
        return this;
    }

    /** Keeps for that long what rows were before they changed, for training sets of what was known then: a Period or a Duration. */
    public FeaturestoreBuilder history(TemporalAmount value) {
        history = place.once("history", history, value);
        return this;
    }

    /** Something that must hold of its rows, looked at for what a refresh has processed. */
    public FeaturestoreBuilder check(String key, Consumer<CheckBuilder> nested) {
        Place at = place.child("checks").child(key);
        KeyRule.problem(key).ifPresent(wrong -> at.error(ProblemCode.BAD_KEY, "", wrong, ""));
        CheckBuilder builder = new CheckBuilder(at, key);
        nested.accept(builder);
        if (checks.putIfAbsent(key, builder.build()) != null) {
            at.error(ProblemCode.DUPLICATE_KEY, "", key + " was already declared", "keys are unique");
        }
        return this;
    }

    Renaming renaming() {
        return renaming;
    }

    Featurestore build(String key) {
        Transform standIn = new Rollup(
                Ref.datastore(""),
                Duration.ofHours(1),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new Featurestore(
                key,
                Optional.ofNullable(title),
                place.need("one of rollup, sql, join, expression", transform, standIn),
                refresh == null ? Refresh.ON_DEMAND : refresh,
                chunk == null ? Featurestore.DEFAULT_CHUNK : chunk,
                Optional.ofNullable(retention),
                realtime != null,
                Optional.ofNullable(history),
                List.copyOf(checks.values()));
    }

    private FeaturestoreBuilder transform(Transform value) {
        if (transform != null) {
            place.error(
                    ProblemCode.DUPLICATE_KEY,
                    value.kind().label(),
                    value.kind().label() + " cannot be combined with "
                            + transform.kind().label(),
                    "a featurestore has one kind");
        } else {
            transform = value;
        }
        return this;
    }
}
