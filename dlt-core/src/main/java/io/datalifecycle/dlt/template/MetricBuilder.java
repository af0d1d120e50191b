package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.problem.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Declares a metric: exactly one of sql, latest, expression and checks, its inputs, and what its rows mean. Not thread-safe. */
public final class MetricBuilder {

    private final Place place;
    private final Renaming renaming;
    private final Map<String, Input> inputs = new LinkedHashMap<>();
    private final Map<String, Ref> of = new LinkedHashMap<>();
    private @Nullable String title;
    private @Nullable String description;
    private @Nullable String sql;
    private @Nullable Ref latestFrom;
    private @Nullable String latestColumn;
    private @Nullable List<String> by;
    private @Nullable String compute;
    private @Nullable Ref checks;
    private @Nullable ResultShape result;

    MetricBuilder(Place place) {
        this.place = place;
        this.renaming = new Renaming(place);
    }

    /** Key that it had in the version before; its rows and states are kept. */
    public MetricBuilder renamedFrom(String oldKey) {
        renaming.from(oldKey);
        return this;
    }

    /** Name for people. */
    public MetricBuilder title(String value) {
        title = place.once("title", title, value);
        return this;
    }

    /** What it tells, for people. */
    public MetricBuilder description(String value) {
        description = place.once("description", description, value);
        return this;
    }

    /** One SELECT; stores are written {@code kind:key}, inputs {@code :name}. */
    public MetricBuilder sql(String query) {
        sql = place.once("sql", sql, query);
        return this;
    }

    /** The newest value of a column, per combination of {@link #by}. */
    public MetricBuilder latest(Store from, String column) {
        return latest(from.ref().toString(), column);
    }

    /** The newest value of a column of a store named {@code kind:key}, per combination of {@link #by}. */
    public MetricBuilder latest(String from, String column) {
        Place latest = place.child("latest");
        latestFrom = latest.once("from", latestFrom, latest.ref("from", from, null));
        latestColumn = latest.once("column", latestColumn, column);
        return this;
    }

    /** Columns that split {@link #latest}. */
    public MetricBuilder by(String... names) {
        by = place.child("latest").once("by", by, List.of(names));
        return this;
    }

    /** The latest results of a featurestore's checks. */
    public MetricBuilder checks(Featurestore store) {
        return checks(store.key());
    }

    /** The latest results of the checks of a featurestore named by key. */
    public MetricBuilder checks(String store) {
        checks = place.once("checks", checks, place.ref("checks", store, RefKind.FEATURESTORE));
        return this;
    }

    /** A formula over other metrics, named by {@link #of}. */
    public MetricBuilder expression(String formula) {
        compute = place.child("expression").once("compute", compute, formula);
        return this;
    }

    /** A variable of the formula. */
    public MetricBuilder of(String variable, Metric metric) {
        return of(variable, metric.key());
    }

    /** A variable of the formula, from a metric named by key. */
    public MetricBuilder of(String variable, String metric) {
        Place places = place.child("expression").child("of");
        Ref ref = places.ref(variable, metric, RefKind.METRIC);
        places.once(variable, of.putIfAbsent(variable, ref), ref);
        return this;
    }

    /** A bind parameter. */
    public MetricBuilder input(String name, Field field) {
        Input input = FieldUse.input(place.child("inputs").child(name), name, field);
        place.child("inputs").once(name, inputs.putIfAbsent(name, input), input);
        return this;
    }

    /** One value, or one per label. */
    public MetricBuilder scalar(Consumer<ScalarBuilder> nested) {
        ScalarBuilder builder = new ScalarBuilder(place.child("result").child("scalar"));
        nested.accept(builder);
        return result(builder.build());
    }

    /** Values over time or categories. */
    public MetricBuilder series(Consumer<SeriesBuilder> nested) {
        SeriesBuilder builder = new SeriesBuilder(place.child("result").child("series"));
        nested.accept(builder);
        return result(builder.build());
    }

    /** Rows as they are. */
    public MetricBuilder table() {
        return table(Map.of());
    }

    /** Rows as they are, with units of some columns. */
    public MetricBuilder table(Map<String, String> units) {
        return result(new ResultShape.Table(units));
    }

    Renaming renaming() {
        return renaming;
    }

    Metric build(String key) {
        MetricSource source = source();
        ResultShape shape = result == null ? source.defaultResult().orElse(null) : result;
        return new Metric(
                key,
                Optional.ofNullable(title),
                Optional.ofNullable(description),
                source,
                List.copyOf(inputs.values()),
                place.need("result", shape, new ResultShape.Table(Map.of())));
    }

    private MetricSource source() {
        List<MetricSource> given = new ArrayList<>();
        if (sql != null) {
            given.add(new MetricSource.Sql(sql));
        }
        if (latestFrom != null && latestColumn != null) {
            given.add(new MetricSource.Latest(latestFrom, latestColumn, by == null ? List.of() : by));
        }
        if (compute != null) {
            given.add(new MetricSource.Expression(of, compute));
        }
        if (checks != null) {
            given.add(new MetricSource.Checks(checks));
        }
        if (given.size() > 1) {
            List<String> kinds = given.stream().map(s -> s.kind().label()).toList();
            place.error(
                    ProblemCode.DUPLICATE_KEY,
                    "",
                    String.join(" and ", kinds) + " cannot be combined",
                    "a metric has one of them");
        }
        // of several, one that says itself what its rows mean, so that nothing is told twice
        Optional<MetricSource> source = given.stream()
                .filter(s -> s.defaultResult().isPresent())
                .findFirst()
                .or(() -> given.stream().findFirst());
        return place.need("one of sql, latest, expression, checks", source.orElse(null), new MetricSource.Sql(""));
    }

    private MetricBuilder result(ResultShape value) {
        result = place.once("result", result, value);
        return this;
    }
}
