package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.AsOfJoin;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Formula;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.RollupColumn;
import io.datalifecycle.dlt.template.SqlTransform;
import io.datalifecycle.dlt.template.Transform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a featurestore's rows mean, compared across a renaming: the same, the same and more, or something else. Pure. */
final class Meaning {

    private final Renaming renaming;

    Meaning(Renaming renaming) {
        this.renaming = renaming;
    }

    /** How two versions of a featurestore compare. */
    enum Comparison {
        SAME,
        /** Columns came or went, those that stayed mean the same. */
        EXTENDED,
        OTHER
    }

    Comparison compare(Featurestore before, Featurestore after) {
        Transform then = renamed(before.transform(), after.ref());
        Transform now = after.transform();
        if (then.equals(now)) {
            return Comparison.SAME;
        }
        return isExtended(then, now) ? Comparison.EXTENDED : Comparison.OTHER;
    }

    private static boolean isExtended(Transform then, Transform now) {
        if (then instanceof Rollup a && now instanceof Rollup b) {
            return frame(a).equals(frame(b))
                    && a.reach().equals(b.reach())
                    && agree(a.columns(), b.columns(), RollupColumn::name);
        }
        if (then instanceof AsOfJoin a && now instanceof AsOfJoin b) {
            return a.from().equals(b.from())
                    && a.time().equals(b.time())
                    && a.by().equals(b.by())
                    && joins(a).equals(joins(b));
        }
        if (then instanceof Formula a && now instanceof Formula b) {
            return a.from().equals(b.from())
                    && a.time().equals(b.time())
                    && a.by().equals(b.by())
                    && agree(a.computed(), b.computed(), Formula.Computed::name);
        }
        return false;
    }

    /** Whether what both have under one name is equal. */
    private static <T> boolean agree(List<T> then, List<T> now, Function<T, String> name) {
        Map<String, T> known = then.stream().collect(Collectors.toMap(name, Function.identity()));
        return now.stream().allMatch(c -> c.equals(known.getOrDefault(name.apply(c), c)));
    }

    private static Rollup frame(Rollup rollup) {
        return new Rollup(
                rollup.from(),
                rollup.every(),
                rollup.by(),
                List.of(),
                rollup.where(),
                rollup.hold(),
                rollup.timezone());
    }

    private static List<AsOfJoin.Joined> joins(AsOfJoin join) {
        return join.joins().stream()
                .map(j -> new AsOfJoin.Joined(j.from(), List.of(), j.prefix(), j.within()))
                .toList();
    }

    /** The earlier transform in the later words. */
    private Transform renamed(Transform transform, Ref store) {
        if (transform instanceof Rollup rollup) {
            return renamed(rollup, store);
        }
        if (transform instanceof AsOfJoin join) {
            return renamed(join);
        }
        if (transform instanceof Formula formula) {
            Ref from = renaming.after(formula.from());
            return new Formula(
                    from,
                    column(from, formula.time()),
                    columns(from, formula.by()),
                    columns(from, formula.columns()),
                    formula.computed().stream()
                            .map(c -> new Formula.Computed(
                                    renaming.columnAfter(store, c.name()), c.type(), c.expression()))
                            .toList());
        }
        return transform instanceof SqlTransform sql ? sql : transform;
    }

    private Rollup renamed(Rollup rollup, Ref store) {
        Ref from = renaming.after(rollup.from());
        return new Rollup(
                from,
                rollup.every(),
                columns(from, rollup.by()),
                rollup.columns().stream()
                        .map(c -> new RollupColumn(
                                renaming.columnAfter(store, c.name()), renamed(c.aggregate(), from), c.where()))
                        .toList(),
                rollup.where(),
                rollup.hold(),
                rollup.timezone());
    }

    private Aggregate renamed(Aggregate aggregate, Ref from) {
        Optional<String> column = aggregate.column().map(c -> column(from, c));
        return new Aggregate(aggregate.function(), column, aggregate.arguments());
    }

    private AsOfJoin renamed(AsOfJoin join) {
        Ref from = renaming.after(join.from());
        return new AsOfJoin(
                from,
                column(from, join.time()),
                columns(from, join.by()),
                columns(from, join.columns()),
                join.joins().stream()
                        .map(j -> {
                            Ref other = renaming.after(j.from());
                            return new AsOfJoin.Joined(other, columns(other, j.columns()), j.prefix(), j.within());
                        })
                        .toList());
    }

    private String column(Ref store, String name) {
        return renaming.columnAfter(store, name);
    }

    private List<String> columns(Ref store, List<String> names) {
        return names.stream().map(name -> column(store, name)).toList();
    }
}
