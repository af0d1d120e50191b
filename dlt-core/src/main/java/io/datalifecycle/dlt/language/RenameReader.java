package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.KeyRule;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.RefKind;
import io.datalifecycle.dlt.template.Renames;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects what the items of one template say they were called before. Not thread-safe. */
final class RenameReader {

    static final String FROM = "renamed_from";
    static final String COLUMNS = "renamed_columns";

    private final Map<String, String> items = new LinkedHashMap<>();
    private final Map<Ref, Map<String, String>> columns = new LinkedHashMap<>();

    /** Reads what an item says of itself; the rest of it is read by the reader of its kind. */
    void item(ItemName item, Fields fields) {
        fields.text(FROM).ifPresent(from -> {
            items.put(item.toString(), from);
            KeyRule.problem(from).ifPresent(wrong -> fields.report(ProblemCode.BAD_KEY, FROM, wrong));
        });
        if (item.kind().isStore()) {
            Map<String, String> names = new LinkedHashMap<>();
            fields.group(COLUMNS)
                    .ifPresent(group ->
                            group.keys().forEach(name -> group.text(name).ifPresent(old -> names.put(name, old))));
            RefKind.of(item.kind().label()).ifPresent(kind -> columns.put(new Ref(kind, item.key()), names));
        }
    }

    Renames renames() {
        return new Renames(items, columns);
    }
}
