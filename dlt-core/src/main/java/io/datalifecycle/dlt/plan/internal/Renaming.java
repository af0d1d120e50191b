package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Renames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What things were called at the start of a way that may pass several versions. Immutable.
 *
 * @param items earlier by later name, as {@code kind:key}
 * @param columns earlier by later column, by the later name of the store as {@code kind:key}
 */
public record Renaming(Map<String, String> items, Map<String, Map<String, String>> columns) {

    public static final Renaming NONE = new Renaming(Map.of(), Map.of());

    public Renaming {
        items = Map.copyOf(items);
        columns = Map.copyOf(columns);
    }

    /** The way through versions, the earliest step first. */
    public static Renaming through(List<Renames> path) {
        Renaming way = NONE;
        for (Renames step : path) {
            way = way.then(step);
        }
        return way;
    }

    private Renaming then(Renames step) {
        Map<String, String> all = new LinkedHashMap<>();
        Set<String> left = new HashSet<>();
        step.items().forEach((item, from) -> {
            String before = kind(item) + from;
            left.add(before);
            all.put(item, items.getOrDefault(before, before));
        });
        items.forEach((item, from) -> {
            if (!left.contains(item)) {
                all.putIfAbsent(item, from);
            }
        });
        return new Renaming(all, columnsThen(step));
    }

    private Map<String, Map<String, String>> columnsThen(Renames step) {
        Map<String, Map<String, String>> all = new HashMap<>();
        Set<String> left = new HashSet<>();
        step.items().forEach((item, from) -> left.add(kind(item) + from));
        columns.forEach((store, names) -> {
            if (!left.contains(store)) {
                all.put(store, names);
            }
        });
        step.items().forEach((item, from) -> {
            Map<String, String> names = columns.get(kind(item) + from);
            if (names != null) {
                all.put(item, names);
            }
        });
        step.columns().forEach((store, names) -> all.merge(store.toString(), names, Renaming::follow));
        return all;
    }

    /** Later names by earlier ones, in two steps. */
    private static Map<String, String> follow(Map<String, String> first, Map<String, String> second) {
        Map<String, String> all = new LinkedHashMap<>();
        first.forEach((name, from) -> {
            if (!second.containsValue(name)) {
                all.put(name, from);
            }
        });
        second.forEach((name, from) -> all.put(name, first.getOrDefault(from, from)));
        return all;
    }

    /** The way back. */
    public Renaming back() {
        Map<String, String> turned = new LinkedHashMap<>();
        items.forEach((item, from) -> turned.put(from, item));
        Map<String, Map<String, String>> names = new HashMap<>();
        columns.forEach((store, columns) -> {
            Map<String, String> other = new LinkedHashMap<>();
            columns.forEach((name, from) -> other.put(from, name));
            names.put(items.getOrDefault(store, store), other);
        });
        return new Renaming(turned, names);
    }

    /** The earlier name of an item, its own when it was not renamed. */
    String before(String item) {
        return items.getOrDefault(item, item);
    }

    Ref before(Ref item) {
        return Ref.parse(before(item.toString())).orElse(item);
    }

    /** The later name of an item, its own when it was not renamed. */
    Ref after(Ref item) {
        return items.entrySet().stream()
                .filter(e -> e.getValue().equals(item.toString()))
                .findFirst()
                .flatMap(e -> Ref.parse(e.getKey()))
                .orElse(item);
    }

    /** The earlier name of a column, its own when it was not renamed. */
    String columnBefore(Ref store, String column) {
        return of(store).getOrDefault(column, column);
    }

    /** The later name of a column, its own when it was not renamed. */
    String columnAfter(Ref store, String column) {
        return of(store).entrySet().stream()
                .filter(e -> e.getValue().equals(column))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(column);
    }

    /** Whether columns of a store were renamed. */
    boolean renamesColumnsOf(Ref store) {
        return !of(store).isEmpty();
    }

    private Map<String, String> of(Ref store) {
        return Optional.ofNullable(columns.get(store.toString())).orElse(Map.of());
    }

    private static String kind(String item) {
        return item.substring(0, item.indexOf(':') + 1);
    }
}
