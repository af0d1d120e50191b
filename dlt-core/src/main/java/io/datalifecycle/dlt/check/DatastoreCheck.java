package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.row.SchemaColumns;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.StoreColumns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Datastores: schema, time column, natural key, spans. */
final class DatastoreCheck {

    private DatastoreCheck() {}

    static void check(Findings findings) {
        for (Datastore store : findings.template().datastores()) {
            String pointer = NameCheck.pointer(store);
            boolean sound = SchemaCheck.check(findings, store.schema(), pointer + "/schema");
            if (sound) {
                twice(findings, store, pointer);
                timeColumn(findings, store, pointer);
                naturalKey(findings, store, pointer);
                store.validTo().ifPresent(name -> validTo(findings, store, name, pointer + "/valid_to"));
            } else {
                findings.doubt(store.ref());
            }
            if (store.duplicates() != Duplicates.KEEP && store.naturalKey().isEmpty()) {
                findings.error(
                        ProblemCode.BAD_VALUE,
                        pointer + "/duplicates",
                        "duplicates: " + store.duplicates().label() + " needs a natural_key",
                        "declare the columns that make a row unique");
            }
            Spans.chunk(findings, store.chunk(), pointer);
            compression(findings, store, pointer);
        }
    }

    private static void compression(Findings findings, Datastore store, String pointer) {
        if (store.compressAfter().isEmpty() || store.retention().isEmpty()) {
            return;
        }
        if (Spans.atMost(store.retention().get())
                        .compareTo(Spans.atLeast(store.compressAfter().get()))
                <= 0) {
            findings.warning(
                    ProblemCode.BAD_VALUE,
                    pointer + "/compress_after",
                    "compress_after: rows are dropped before they are "
                            + store.compressAfter().get() + " old",
                    "compress before retention (" + store.retention().get() + "), or leave it out");
        }
    }

    private static void twice(Findings findings, Datastore store, String pointer) {
        Map<String, SchemaColumns.Leaf> owners = new HashMap<>();
        for (SchemaColumns.Leaf leaf : SchemaColumns.of(store.schema().keywords())) {
            String name = leaf.column().name();
            annotations(findings, leaf, NameCheck.place(pointer, leaf));
            SchemaColumns.Leaf other = owners.putIfAbsent(name, leaf);
            if (other != null || name.equals(StoreColumns.EXTRA)) {
                findings.error(
                        ProblemCode.NAME_COLLISION,
                        NameCheck.place(pointer, leaf),
                        other == null
                                ? "column " + name + " is kept for properties that the schema does not name"
                                : "its column " + name + " is that of " + String.join("/", other.path()) + " too",
                        "add column: other_name to one of them");
                findings.doubt(store.ref());
            }
        }
    }

    /** Our own keywords mean nothing to JSON Schema, so nobody else tells that they are wrong. */
    private static void annotations(Findings findings, SchemaColumns.Leaf leaf, String at) {
        if (!(leaf.property() instanceof Map<?, ?> schema)) {
            return;
        }
        ColumnType type = leaf.column().type();
        if (schema.get("flatten") != null && !isOff(schema.get("flatten"))) {
            wrong(findings, at + "/flatten", "flatten", "true for an object that declares properties");
        }
        if (schema.get("decimal") != null && type != ColumnType.DECIMAL && !isOff(schema.get("decimal"))) {
            wrong(findings, at + "/decimal", "decimal", "true for a number or an integer");
        }
        if (schema.get("column") != null && !(schema.get("column") instanceof String)) {
            wrong(findings, at + "/column", "column", "the name of a column");
        }
    }

    private static boolean isOff(Object value) {
        return Boolean.FALSE.equals(value);
    }

    private static void wrong(Findings findings, String at, String keyword, String expected) {
        findings.error(ProblemCode.BAD_VALUE, at, keyword + ": this says nothing here", keyword + " is " + expected);
    }

    private static void timeColumn(Findings findings, Datastore store, String pointer) {
        String at = pointer + "/time";
        RowSchema columns = StoreColumns.of(findings.template(), store);
        Optional<Column> column = columns.find(store.time());
        if (column.isEmpty()) {
            findings.error(
                    ProblemCode.UNKNOWN_COLUMN,
                    at,
                    "the schema has no property " + store.time(),
                    DidYouMean.hint(store.time(), names(columns)));
        } else if (column.get().type() != ColumnType.TIMESTAMP) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    at,
                    "property " + store.time() + " is no time",
                    "declare it as {type: string, format: date-time}");
        } else if (isNullable(findings, store, store.time())) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    at,
                    "the time column " + store.time() + " may be missing or null",
                    "list it in required");
        }
    }

    /** The instant from which a row holds no more; null while it holds on. */
    private static void validTo(Findings findings, Datastore store, String name, String at) {
        RowSchema columns = StoreColumns.of(findings.template(), store);
        Optional<Column> column = columns.find(name);
        if (column.isEmpty()) {
            findings.error(
                    ProblemCode.UNKNOWN_COLUMN,
                    at,
                    "the schema has no property " + name,
                    DidYouMean.hint(name, names(columns)));
        } else if (name.equals(store.time())) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    at,
                    "valid_to: " + name + " is the time column, from which a row holds",
                    "name the column of the instant from which it holds no more");
        } else if (column.get().type() != ColumnType.TIMESTAMP) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    at,
                    "property " + name + " is no time",
                    "declare it as {type: [string, \"null\"], format: date-time}");
        } else if (!isNullable(findings, store, name)) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    at,
                    "valid_to: " + name + " is required, but has no value while a row holds on",
                    "take it out of required");
        }
    }

    private static void naturalKey(Findings findings, Datastore store, String pointer) {
        List<String> key = store.naturalKey();
        RowSchema columns = StoreColumns.of(findings.template(), store);
        for (int i = 0; i < key.size(); i++) {
            String name = key.get(i);
            String at = pointer + "/natural_key/" + i;
            Optional<Column> column = columns.find(name);
            if (column.isEmpty()) {
                findings.error(
                        ProblemCode.UNKNOWN_COLUMN,
                        at,
                        "the schema has no property " + name,
                        DidYouMean.hint(name, names(columns)));
            } else if (column.get().type() == ColumnType.JSON) {
                findings.error(
                        ProblemCode.BAD_VALUE,
                        at,
                        "property " + name + " has no single type, so it cannot be part of a key",
                        "give it one type");
            } else if (!name.equals(store.time()) && isNullable(findings, store, name)) {
                findings.error(
                        ProblemCode.BAD_VALUE,
                        at,
                        "key column " + name + " may be missing or null",
                        "list it in required");
            }
        }
        if (!key.isEmpty() && !key.contains(store.time())) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer + "/natural_key",
                    "the natural key lacks the time column " + store.time(),
                    "add " + store.time() + ": tables are cut by time, and uniqueness holds within a cut");
        }
    }

    private static List<String> names(RowSchema columns) {
        return columns.columns().stream().map(Column::name).toList();
    }

    private static boolean isNullable(Findings findings, Datastore store, String name) {
        return StoreColumns.of(findings.template(), store)
                .find(name)
                .filter(column -> !column.required())
                .isPresent();
    }
}
