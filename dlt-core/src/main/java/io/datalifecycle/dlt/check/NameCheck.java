package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.SchemaColumns;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.ItemKind;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.KeyRule;
import io.datalifecycle.dlt.template.Merges;
import io.datalifecycle.dlt.template.RefKind;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.Template;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys, the names derived from them, and names of columns. */
final class NameCheck {

    static final int MOST_BYTES = 63;
    static final int MOST_COLUMNS = 500;
    /** Longest text a workspace adds to a store's key: the mark of quarantine and an id of ten digits. */
    private static final String LONGEST_SUFFIX = "_q_wid9999999999";

    private static final Set<String> SYSTEM_COLUMNS = Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid", "oid");

    private NameCheck() {}

    static void check(Findings findings) {
        Template template = findings.template();
        key(findings, "/key", template.key());
        Template.versionProblem(template.version())
                .ifPresent(wrong -> findings.error(ProblemCode.BAD_VALUE, "/version", "version: " + wrong, ""));
        for (ItemKind kind : ItemKind.values()) {
            List<String> keys = template.keys(kind);
            keys.forEach(key -> key(findings, new ItemName(kind, key).pointer(), key));
            duplicates(findings, kind.section(), keys);
        }
        tables(findings);
        template.stores().forEach(store -> states(findings, store));
        template.stores()
                .forEach(store ->
                        findings.columns(store.ref()).ifPresent(schema -> columns(findings, store, schema.columns())));
    }

    static String pointer(Store store) {
        return JsonPointer.child("/" + store.kind().label() + "s", store.key());
    }

    private static void key(Findings findings, String pointer, String key) {
        KeyRule.problem(key).ifPresent(wrong -> findings.error(ProblemCode.BAD_KEY, pointer, wrong, ""));
    }

    private static void duplicates(Findings findings, String section, List<String> keys) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.indexOf(keys.get(i)) < i) {
                findings.error(
                        ProblemCode.DUPLICATE_KEY,
                        JsonPointer.child("/" + section, keys.get(i)),
                        keys.get(i) + " appears twice",
                        "keys are unique");
            }
        }
    }

    /** Tables of stores of all three kinds and of quarantines share one schema. */
    private static void tables(Findings findings) {
        Map<String, Store> owners = new HashMap<>();
        for (Store store : findings.template().stores()) {
            for (String name : names(findings.template(), store)) {
                Store other = owners.putIfAbsent(name, store);
                if (other != null && !other.equals(store)) {
                    findings.error(
                            ProblemCode.NAME_COLLISION,
                            pointer(store),
                            "its table " + name + "_wid… is also one of " + other.ref(),
                            "choose another key");
                }
            }
            if (bytes(store.key() + LONGEST_SUFFIX) > MOST_BYTES) {
                findings.error(
                        ProblemCode.NAME_TOO_LONG,
                        pointer(store),
                        "names of its tables pass " + MOST_BYTES + " bytes",
                        "shorten the key");
            }
        }
    }

    /** What a store's table, and what stands beside it, are called before the workspace's id. */
    private static List<String> names(Template template, Store store) {
        List<String> names = new ArrayList<>(List.of(store.key()));
        if (store.kind() == RefKind.DATASTORE) {
            names.add(store.key() + "_q");
        } else if (store instanceof Featurestore featurestore) {
            if (featurestore.history().isPresent()) {
                names.add(store.key() + "_h");
            }
            boolean merged = !Merges.columnsOf(template, store.ref()).isEmpty();
            if (featurestore.realtime() || merged) {
                names.add(store.key() + "_v");
            }
            if (featurestore.realtime() && merged) {
                names.add(store.key() + "_s");
            }
        }
        return names;
    }

    /** A merged column has hidden ones beside it, for which its name must leave room. */
    private static void states(Findings findings, Store store) {
        for (String column : Merges.columnsOf(findings.template(), store.ref())) {
            int most = MOST_BYTES - Merges.MOST_STATE_PART - 2 * Merges.STATE_MARK.length();
            boolean exists = findings.columns(store.ref())
                    .filter(columns -> columns.find(column).isPresent())
                    .isPresent();
            if (exists && bytes(column) > most) {
                findings.error(
                        ProblemCode.NAME_TOO_LONG,
                        JsonPointer.child(pointer(store) + "/rollup/columns", column),
                        "column " + column + " has more than " + most
                                + " bytes, names of the columns that keep what is merged of it pass " + MOST_BYTES,
                        "shorten it");
            }
        }
    }

    private static void columns(Findings findings, Store store, List<Column> columns) {
        String pointer = pointer(store);
        String remedy = store instanceof Datastore ? "rename it, or add column: other_name" : "rename it";
        if (columns.size() > MOST_COLUMNS) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer,
                    "it has " + columns.size() + " columns, at most " + MOST_COLUMNS + " are possible",
                    "split it");
        }
        Map<String, String> folded = new HashMap<>();
        for (Column column : columns) {
            String name = column.name();
            String at = columnPointer(store, name);
            problem(name).ifPresent(wrong -> findings.error(ProblemCode.BAD_VALUE, at, wrong, remedy));
            if (bytes(name) > MOST_BYTES) {
                findings.error(
                        ProblemCode.NAME_TOO_LONG,
                        at,
                        "column " + name + " has more than " + MOST_BYTES + " bytes",
                        store instanceof Datastore ? "shorten it, or add column: other_name" : "shorten it");
            }
            String same = folded.putIfAbsent(
                    Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT), name);
            if (same != null) {
                findings.error(
                        ProblemCode.NAME_COLLISION,
                        at,
                        "columns " + same + " and " + name + " differ only in case or accents' encoding",
                        "rename one");
            }
        }
    }

    /** Where a datastore declares a column; elsewhere the store as a whole. */
    private static String columnPointer(Store store, String name) {
        String pointer = pointer(store);
        return store instanceof Datastore datastore
                ? SchemaColumns.of(datastore.schema().keywords()).stream()
                        .filter(leaf -> leaf.column().name().equals(name))
                        .findFirst()
                        .map(leaf -> place(pointer, leaf))
                        .orElse(pointer)
                : pointer;
    }

    /** Where a property is declared. */
    static String place(String pointer, SchemaColumns.Leaf leaf) {
        String at = pointer + "/schema";
        for (String name : leaf.path()) {
            at = JsonPointer.child(at + "/properties", name);
        }
        return at;
    }

    private static Optional<String> problem(String name) {
        if (name.isBlank()) {
            return Optional.of("a column has an empty name");
        }
        boolean odd = name.codePoints()
                .anyMatch(c -> Character.getType(c) == Character.CONTROL
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
        if (odd) {
            return Optional.of("a column's name holds control or direction characters: " + escaped(name));
        }
        if (name.startsWith(Merges.STATE_MARK)) {
            return Optional.of("column " + name + " begins with " + Merges.STATE_MARK + ", which marks hidden columns");
        }
        return SYSTEM_COLUMNS.contains(name.toLowerCase(Locale.ROOT))
                ? Optional.of("column " + name + " has the name of a system column of PostgreSQL")
                : Optional.empty();
    }

    private static String escaped(String name) {
        StringBuilder text = new StringBuilder();
        name.chars()
                .forEach(c ->
                        text.append(c >= 0x20 && c < 0x7f ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return text.toString();
    }

    static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
