package io.datalifecycle.dlt.storage.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** A template that changes at random from version to version, and remembers which column is which. */
final class Design {

    private static final List<String> WIDTHS = List.of("PT10M", "PT30M", "PT1H", "PT2H");

    /** A column of the datastore through all its names; a column that is not there may come back. */
    static final class Value {
        final int id;
        String name;
        String type;
        boolean there = true;
        /** Type in the last version that had it; empty before there was one. */
        String published = "";

        Value(int id, String name, String type) {
            this.id = id;
            this.name = name;
            this.type = type;
        }
    }

    /** A column of the roll-up. */
    static final class Derived {
        String name;
        final String function;
        final Value of;

        Derived(String name, String function, Value of) {
            this.name = name;
            this.function = function;
            this.of = of;
        }
    }

    final List<Value> values = new ArrayList<>();
    private final Random random;
    private int version = 1;
    private int names;
    String datastore = "readings";
    private String feature = "windows";
    private String every = "PT1H";
    private boolean byAsset = true;
    private boolean daily = true;
    private boolean realtime;
    private boolean history;
    private boolean chunked;
    private final List<Derived> derived = new ArrayList<>();
    private String wasDatastore = "readings";
    private String wasFeature = "windows";
    private final Map<String, String> renamedValues = new LinkedHashMap<>();
    private final Map<String, String> renamedDerived = new LinkedHashMap<>();

    Design(Random random) {
        this.random = random;
        Value v = value("number");
        value("integer");
        derived.add(new Derived("n", "count()", v));
        derived.add(new Derived(fresh("d"), "avg", v));
    }

    private String fresh(String prefix) {
        return prefix + ++names;
    }

    private Value value(String type) {
        Value value = new Value(values.size(), fresh("v"), type);
        values.add(value);
        return value;
    }

    String version() {
        return version + ".0.0";
    }

    List<Value> present() {
        return values.stream().filter(v -> v.there).toList();
    }

    List<String> stores() {
        List<String> stores = new ArrayList<>(List.of("datastore:" + datastore, "featurestore:" + feature));
        if (daily) {
            stores.add("featurestore:days");
        }
        return stores;
    }

    /** One to three changes, and the next version. */
    void change() {
        version++;
        wasDatastore = datastore;
        wasFeature = feature;
        renamedValues.clear();
        renamedDerived.clear();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            one(random.nextInt(14));
        }
    }

    private void one(int kind) {
        switch (kind) {
            case 0 -> value(random.nextBoolean() ? "number" : "integer");
            case 1 -> value("string");
            case 2 -> drop();
            case 3 -> restore();
            case 4 -> pick(present()).ifPresent(this::rename);
            case 5 ->
                pick(present().stream().filter(v -> v.type.equals("integer")).toList())
                        .ifPresent(v -> v.type = "number");
            case 6 ->
                pick(present().stream().filter(v -> !v.type.equals("string")).toList())
                        .ifPresent(v -> derived.add(new Derived(
                                fresh("d"), List.of("avg", "max", "sum", "min").get(random.nextInt(4)), v)));
            case 7 -> {
                if (derived.size() > 2) {
                    Derived gone = derived.remove(2 + random.nextInt(derived.size() - 2));
                    renamedDerived.remove(gone.name);
                }
            }
            case 8 -> every = WIDTHS.get(random.nextInt(WIDTHS.size()));
            case 9 -> byAsset = !byAsset;
            case 10 -> daily = !daily;
            case 11 -> renameStore();
            case 12 -> pick(derived).filter(d -> !d.name.equals("n")).ifPresent(this::rename);
            default -> toggle();
        }
    }

    private void toggle() {
        switch (random.nextInt(3)) {
            case 0 -> realtime = !realtime;
            case 1 -> history = !history;
            default -> chunked = !chunked;
        }
    }

    private void renameStore() {
        if (random.nextBoolean()) {
            datastore = fresh("readings_");
        } else {
            feature = fresh("windows_");
        }
    }

    private <T> java.util.Optional<T> pick(List<T> list) {
        return list.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of(list.get(random.nextInt(list.size())));
    }

    private void rename(Value value) {
        String was = renamedValues.getOrDefault(value.name, value.name);
        if (!value.published.isEmpty() && !known.contains(was)) {
            return; // it has just come back, and comes back by its name only
        }
        renamedValues.remove(value.name);
        value.name = fresh("v");
        if (known.contains(was)) {
            renamedValues.put(value.name, was);
        }
    }

    private void rename(Derived column) {
        String was = renamedDerived.getOrDefault(column.name, column.name);
        renamedDerived.remove(column.name);
        column.name = fresh("d");
        if (knownDerived.contains(was)) {
            renamedDerived.put(column.name, was);
        }
    }

    private void drop() {
        List<Value> free = present().stream()
                .filter(v -> derived.stream().noneMatch(d -> d.of == v))
                .toList();
        pick(free).ifPresent(v -> {
            String was = renamedValues.remove(v.name);
            if (was != null) {
                v.name = was; // what is renamed and dropped at once is dropped under its earlier name
            }
            v.type = v.published.isEmpty() ? v.type : v.published;
            v.there = false;
        });
    }

    private void restore() {
        pick(values.stream().filter(v -> !v.there).toList()).ifPresent(v -> v.there = true);
    }

    private List<String> known = new ArrayList<>();
    private List<String> knownDerived = new ArrayList<>();

    /** The version is published: names of it are what the next one is renamed from. */
    void published() {
        present().forEach(v -> v.published = v.type);
        known = new ArrayList<>(present().stream().map(v -> v.name).toList());
        knownDerived = new ArrayList<>(derived.stream().map(d -> d.name).toList());
    }

    String yaml() {
        String properties = present().stream()
                .map(v -> "        " + v.name + ": { type: [" + v.type + ", \"null\"] }\n")
                .collect(Collectors.joining());
        String columns = derived.stream()
                .map(d -> d.name + ": " + (d.function.endsWith(")") ? d.function : d.function + "(" + d.of.name + ")"))
                .collect(Collectors.joining(", "));
        String by = byAsset ? ", by: [asset]" : "";
        StringBuilder text = new StringBuilder(
                "dlt: 1\nkey: random\nversion: " + version() + "\ndatastores:\n  " + datastore + ":\n");
        renamed(text, datastore, wasDatastore, renamedValues);
        text.append("    time: ts\n    natural_key: [asset, ts]\n");
        text.append(chunked ? "    chunk: P1D\n" : "");
        text.append("    schema:\n      type: object\n      required: [ts, asset]\n      properties:\n")
                .append(
                        "        ts: { type: string, format: date-time }\n        asset: { type: string, maxLength: 20 }\n")
                .append(properties);
        text.append("featurestores:\n  ").append(feature).append(":\n");
        renamed(text, feature, wasFeature, renamedDerived);
        text.append("    rollup: { from: \"datastore:")
                .append(datastore)
                .append("\", every: ")
                .append(every)
                .append(by)
                .append(", columns: { ")
                .append(columns)
                .append(" } }\n");
        text.append(realtime ? "    realtime: true\n" : "").append(history ? "    history: P100D\n" : "");
        if (daily) {
            text.append("  days:\n    rollup: { from: \"featurestore:")
                    .append(feature)
                    .append("\", every: P1D")
                    .append(by)
                    .append(", columns: { n: merge(n), ")
                    .append(derived.get(1).name)
                    .append(": merge(")
                    .append(derived.get(1).name)
                    .append(") } }\n");
        }
        text.append("metrics:\n");
        for (String store : stores()) {
            String order = store.startsWith("datastore") ? "ts, asset" : byAsset ? "bucket, asset" : "bucket";
            text.append("  m_")
                    .append(store.substring(store.indexOf(':') + 1))
                    .append(":\n    sql: SELECT * FROM ")
                    .append(store)
                    .append(" ORDER BY ")
                    .append(order)
                    .append("\n    result: { table: {} }\n");
        }
        return text.toString();
    }

    private static void renamed(StringBuilder text, String key, String was, Map<String, String> columns) {
        if (!key.equals(was)) {
            text.append("    renamed_from: ").append(was).append('\n');
        }
        if (!columns.isEmpty()) {
            text.append("    renamed_columns: { ")
                    .append(columns.entrySet().stream()
                            .map(e -> e.getKey() + ": " + e.getValue())
                            .collect(Collectors.joining(", ")))
                    .append(" }\n");
        }
    }
}
