package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.row.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What the table of a store looks like, as text to compare: tables of equal shape can stand in for each other. */
public final class StoreShape {

    private StoreShape() {}

    /** Columns with types in the order of their names, hidden ones too, then time and key. */
    public static String of(Template template, Store store) {
        return columns(template, store).stream()
                        .sorted(Comparator.comparing(Column::name))
                        .map(c -> c.name() + " " + c.type().label())
                        .collect(Collectors.joining(",", "(", ")"))
                + " by " + store.time() + keyColumns(store) + nullableKey(template, store);
    }

    /** All columns of the table. */
    public static List<Column> columns(Template template, Store store) {
        List<Column> columns = new ArrayList<>(StoreColumns.of(template, store).columns());
        if (store instanceof Featurestore feature) {
            columns.addAll(StateColumns.of(template, feature));
        }
        return List.copyOf(columns);
    }

    /** Whether the natural key of a store is enforced by an index. */
    public static boolean isKeyed(Store store) {
        boolean keeps = store instanceof Datastore datastore && datastore.duplicates() == Duplicates.KEEP;
        return !store.naturalKey().isEmpty() && !keeps;
    }

    /** The columns of the natural key, time first; none where it is not enforced. */
    public static List<String> keyColumns(Store store) {
        List<String> key = new ArrayList<>();
        if (isKeyed(store)) {
            key.add(store.time());
            store.naturalKey().stream()
                    .filter(name -> !name.equals(store.time()))
                    .forEach(key::add);
        }
        return List.copyOf(key);
    }

    /** The columns of an enforced key that may be null; null counts as a value there. */
    public static List<String> nullableKey(Template template, Store store) {
        List<Column> columns = columns(template, store);
        return keyColumns(store).stream()
                .filter(name -> !name.equals(store.time()))
                .filter(name -> columns.stream().noneMatch(c -> c.name().equals(name) && c.required()))
                .toList();
    }
}
