package io.datalifecycle.dlt.lineage;

import io.datalifecycle.dlt.template.AsOfJoin;
import io.datalifecycle.dlt.template.Check;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Formula;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.RollupFilter;
import io.datalifecycle.dlt.template.SqlTransform;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.Transform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what uses a column of a store. */
final class ColumnUse {

    private final Ref store;
    private final String column;
    /** Columns that say from when to when a row of the store holds; a join reads them without naming them. */
    private final Set<String> spans = new HashSet<>();

    ColumnUse(Template template, Ref store, String column) {
        this.store = store;
        this.column = column;
        template.store(store).ifPresent(declared -> {
            spans.add(declared.time());
            if (declared instanceof Datastore datastore) {
                datastore.validTo().ifPresent(spans::add);
            }
        });
    }

    static List<String> of(Template template, Ref store, String column) {
        ColumnUse use = new ColumnUse(template, store, column);
        List<String> users = new ArrayList<>();
        template.featurestores().stream()
                .filter(use::isUsedBy)
                .forEach(f -> users.add(f.ref().toString()));
        template.models().stream().filter(use::isUsedBy).forEach(m -> users.add("model:" + m.key()));
        template.metrics().stream()
                .filter(use::isUsedBy)
                .forEach(m -> users.add(m.ref().toString()));
        return List.copyOf(users);
    }

    private boolean isUsedBy(Featurestore featurestore) {
        Transform transform = featurestore.transform();
        return (transform.sources().contains(store) && isUsedBy(transform))
                || featurestore.checks().stream().anyMatch(c -> isUsedBy(featurestore, c));
    }

    /** Whether all rows of what is derived depend on it: it says which rows there are, or which belong together. */
    boolean isFrameOf(Transform transform) {
        if (transform instanceof SqlTransform sql) {
            return isWordOf(sql.sql());
        }
        boolean framed = transform.by().contains(column)
                || spans.contains(column)
                || transform.time().equals(column);
        return framed || (transform instanceof Rollup rollup && isUsedBy(rollup.where()));
    }

    private boolean isUsedBy(Transform transform) {
        if (transform instanceof SqlTransform sql) {
            return isWordOf(sql.sql());
        }
        if (transform.by().contains(column) || transform.time().equals(column)) {
            return true;
        }
        if (transform instanceof Rollup rollup) {
            return isUsedBy(rollup);
        }
        if (transform instanceof AsOfJoin join) {
            return (join.from().equals(store) && join.columns().contains(column))
                    || join.joins().stream()
                            .anyMatch(j ->
                                    j.from().equals(store) && (j.columns().contains(column) || spans.contains(column)));
        }
        Formula formula = (Formula) transform;
        return formula.columns().contains(column)
                || formula.computed().stream().anyMatch(c -> isWordOf(c.expression()));
    }

    private boolean isUsedBy(Rollup rollup) {
        return rollup.columns().stream()
                        .anyMatch(c ->
                                c.aggregate().column().filter(column::equals).isPresent() || isUsedBy(c.where()))
                || isUsedBy(rollup.where());
    }

    boolean isUsedBy(Optional<String> where) {
        return where.flatMap(RollupFilter::parse)
                .filter(f -> f.comparisons().stream().anyMatch(c -> c.column().equals(column)))
                .isPresent();
    }

    /** A check names columns of its own store; its SQL may read others too. */
    private boolean isUsedBy(Featurestore owner, Check check) {
        if (check instanceof Check.Sql sql) {
            return reads(sql.sql()) && isWordOf(sql.sql());
        }
        if (!owner.ref().equals(store)) {
            return false;
        }
        if (check instanceof Check.NotNull notNull) {
            return notNull.column().equals(column);
        }
        if (check instanceof Check.Range range) {
            return range.column().equals(column);
        }
        return check instanceof Check.Unique unique && unique.columns().contains(column);
    }

    private boolean isUsedBy(Model model) {
        return model.features().from().equals(store)
                && (model.features().columns().contains(column)
                        || model.features().by().contains(column)
                        || model.target().filter(column::equals).isPresent());
    }

    private boolean isUsedBy(Metric metric) {
        if (metric.source() instanceof MetricSource.Latest latest) {
            return latest.from().equals(store)
                    && (latest.column().equals(column) || latest.by().contains(column));
        }
        return metric.source() instanceof MetricSource.Sql sql && reads(sql.sql()) && isWordOf(sql.sql());
    }

    private boolean reads(String sql) {
        return Edges.references(sql).stream().anyMatch(r -> r.toString().equals(store.toString()));
    }

    /** Over-cautious on purpose: a word in a string or of another table counts too. */
    boolean isWordOf(String text) {
        return Pattern.compile(
                        "(?<![A-Za-z0-9_])" + Pattern.quote(column) + "(?![A-Za-z0-9_])", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
    }
}
