package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.template.ItemKind;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What items and columns were called before: one thing of the version before becomes one thing of this one. */
final class RenameCheck {

    private RenameCheck() {}

    static void check(Findings findings) {
        Template template = findings.template();
        Map<ItemName, ItemName> takers = new HashMap<>();
        for (ItemKind kind : ItemKind.values()) {
            List<String> keys = template.keys(kind);
            for (String key : keys) {
                ItemName item = new ItemName(kind, key);
                template.renames()
                        .itemFrom(item.toString())
                        .ifPresent(from -> item(findings, item, new ItemName(kind, from), keys, takers));
            }
        }
        template.renames().columns().forEach((store, names) -> columns(findings, store, names));
    }

    private static void item(
            Findings findings, ItemName item, ItemName from, List<String> keys, Map<ItemName, ItemName> takers) {
        String pointer = item.pointer() + "/renamed_from";
        if (from.equals(item)) {
            findings.error(ProblemCode.BAD_VALUE, pointer, item + " has that key now", "leave renamed_from out");
        } else if (keys.contains(from.key())) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer,
                    from + " is still there, so " + item + " cannot have been renamed from it",
                    "take " + from + " out, or leave renamed_from out");
        }
        ItemName other = takers.putIfAbsent(from, item);
        if (other != null) {
            findings.error(
                    ProblemCode.DUPLICATE_KEY,
                    pointer,
                    other + " was renamed from " + from + " too",
                    "keep one of them");
        }
    }

    private static void columns(Findings findings, Ref store, Map<String, String> names) {
        String pointer = ItemName.of(store).pointer() + "/renamed_columns";
        Map<String, String> takers = new HashMap<>();
        names.forEach((name, from) -> {
            String at = JsonPointer.child(pointer, name);
            findings.columns(store).ifPresent(schema -> column(findings, store, name, from, schema));
            String other = takers.putIfAbsent(from, name);
            if (other != null) {
                findings.error(
                        ProblemCode.DUPLICATE_KEY,
                        at,
                        other + " was renamed from " + from + " too",
                        "keep one of them");
            }
        });
    }

    private static void column(Findings findings, Ref store, String name, String from, RowSchema schema) {
        String pointer = JsonPointer.child(ItemName.of(store).pointer() + "/renamed_columns", name);
        List<String> known = Findings.names(schema);
        if (!known.contains(name)) {
            findings.error(
                    ProblemCode.UNKNOWN_COLUMN,
                    pointer,
                    store + " has no column " + name,
                    DidYouMean.hint(name, known));
        } else if (known.contains(from)) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer,
                    name.equals(from)
                            ? "column " + name + " has that name now"
                            : "column " + from + " is still there, so " + name + " cannot have been renamed from it",
                    "take it out of renamed_columns");
        }
    }
}
