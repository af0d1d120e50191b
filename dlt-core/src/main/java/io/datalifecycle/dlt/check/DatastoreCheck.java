package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.StoreColumns;
import java.util.List;

/** Datastores: schema, time column, natural key, spans. */
final class DatastoreCheck {

    private DatastoreCheck() {}

    static void check(Findings findings) {
        for (Datastore store : findings.template().datastores()) {
            String pointer = NameCheck.pointer(store);
            boolean sound = SchemaCheck.check(findings, store.schema(), pointer + "/schema");
            if (sound) {
                timeColumn(findings, store, pointer);
                naturalKey(findings, store, pointer);
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

    private static void timeColumn(Findings findings, Datastore store, String pointer) {
        String at = pointer + "/time";
        Object property = store.schema().properties().get(store.time());
        if (!store.schema().properties().containsKey(store.time())) {
            findings.error(
                    ProblemCode.UNKNOWN_COLUMN,
                    at,
                    "the schema has no property " + store.time(),
                    DidYouMean.hint(store.time(), store.schema().properties().keySet()));
        } else if (StoreColumns.typeOf(property) != ColumnType.TIMESTAMP) {
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

    private static void naturalKey(Findings findings, Datastore store, String pointer) {
        List<String> key = store.naturalKey();
        for (int i = 0; i < key.size(); i++) {
            String name = key.get(i);
            String at = pointer + "/natural_key/" + i;
            if (!store.schema().properties().containsKey(name)) {
                findings.error(
                        ProblemCode.UNKNOWN_COLUMN,
                        at,
                        "the schema has no property " + name,
                        DidYouMean.hint(name, store.schema().properties().keySet()));
            } else if (StoreColumns.typeOf(store.schema().properties().get(name)) == ColumnType.JSON) {
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

    private static boolean isNullable(Findings findings, Datastore store, String name) {
        return StoreColumns.of(findings.template(), store)
                .find(name)
                .filter(column -> !column.required())
                .isPresent();
    }
}
