package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one item and its columns were called before, as its builder is told. Not thread-safe. */
final class Renaming {

    private final Place place;
    private final Map<String, String> columns = new LinkedHashMap<>();
    private @Nullable String from;

    Renaming(Place place) {
        this.place = place;
    }

    void from(String oldKey) {
        from = place.once("renamed_from", from, oldKey);
        KeyRule.problem(oldKey).ifPresent(wrong -> place.error(ProblemCode.BAD_KEY, "renamed_from", wrong, ""));
    }

    void column(String name, String oldName) {
        place.child("renamed_columns").once(name, columns.putIfAbsent(name, oldName), oldName);
    }

    /** Adds what was said to the renames of the whole template. */
    void into(ItemName item, Map<String, String> items, Map<Ref, Map<String, String>> columnsByStore) {
        if (from != null) {
            items.put(item.toString(), from);
        }
        if (!columns.isEmpty()) {
            RefKind.of(item.kind().label()).ifPresent(kind -> columnsByStore.put(new Ref(kind, item.key()), columns));
        }
    }
}
