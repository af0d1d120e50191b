package io.datalifecycle.dlt.lineage;

import io.datalifecycle.dlt.template.AsOfJoin;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Formula;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.Transform;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Follows a column through what is derived from it, column by column where that can be told, to the items that use it. */
final class ColumnFlow {

    private final Template template;
    private final Lineage lineage;
    private final Set<String> found = new LinkedHashSet<>();
    private final Set<Place> seen = new LinkedHashSet<>();
    private final Deque<Place> front = new ArrayDeque<>();

    private ColumnFlow(Template template, Lineage lineage) {
        this.template = template;
        this.lineage = lineage;
    }

    /** A column of a store. */
    private record Place(Ref store, String column) {}

    /** Items and columns ({@code kind:key#column}) downstream of a column, nearest first. */
    static List<String> from(Template template, Lineage lineage, Ref store, String column) {
        ColumnFlow flow = new ColumnFlow(template, lineage);
        flow.front.add(new Place(store, column));
        while (!flow.front.isEmpty()) {
            Place place = flow.front.remove();
            if (flow.seen.add(place)) {
                flow.follow(place);
            }
        }
        return List.copyOf(flow.found);
    }

    private void follow(Place place) {
        ColumnUse use = new ColumnUse(template, place.store(), place.column());
        for (String user : ColumnUse.of(template, place.store(), place.column())) {
            Ref.parse(user)
                    .flatMap(ref ->
                            template.featurestore(ref.key()).filter(f -> f.ref().equals(ref)))
                    .ifPresentOrElse(feature -> derived(use, place, feature), () -> whole(user));
        }
    }

    private void derived(ColumnUse use, Place place, Featurestore feature) {
        Transform transform = feature.transform();
        if (use.isFrameOf(transform) || !transform.sources().contains(place.store())) {
            whole(feature.ref().toString());
            return;
        }
        found.add(feature.ref().toString());
        for (String column : columns(use, place, transform)) {
            found.add(feature.ref() + "#" + column);
            front.add(new Place(feature.ref(), column));
        }
    }

    private static List<String> columns(ColumnUse use, Place place, Transform transform) {
        List<String> columns = new ArrayList<>();
        if (transform instanceof Rollup rollup) {
            rollup.columns().stream()
                    .filter(c -> c.aggregate()
                                    .column()
                                    .filter(place.column()::equals)
                                    .isPresent()
                            || use.isUsedBy(c.where()))
                    .forEach(c -> columns.add(c.name()));
        } else if (transform instanceof AsOfJoin join) {
            if (join.from().equals(place.store()) && join.columns().contains(place.column())) {
                columns.add(place.column());
            }
            join.joins().stream()
                    .filter(j -> j.from().equals(place.store()) && j.columns().contains(place.column()))
                    .forEach(j -> columns.add(j.prefix() + place.column()));
        } else if (transform instanceof Formula formula) {
            if (formula.columns().contains(place.column())) {
                columns.add(place.column());
            }
            formula.computed().stream()
                    .filter(c -> use.isWordOf(c.expression()))
                    .forEach(c -> columns.add(c.name()));
        }
        return columns;
    }

    /** From here on it is no longer a matter of columns. */
    private void whole(String item) {
        if (found.add(item)) {
            found.addAll(lineage.dependentsOf(item));
        }
    }
}
