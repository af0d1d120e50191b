package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.row.SchemaRefs;
import io.datalifecycle.dlt.template.JsonSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Local {@code $ref}s of a JSON Schema. A circle would let a small schema describe rows of any depth. */
final class References {

    private References() {}

    /** A reference that leads back to itself; anchors count as the root, because they can lie anywhere. */
    static Optional<String> cyclic(JsonSchema schema) {
        for (String ref : below(schema.keywords())) {
            if (reaches(schema, ref, ref, new HashSet<>()) || encloses(schema, ref)) {
                return Optional.of(ref);
            }
        }
        return Optional.empty();
    }

    private static boolean reaches(JsonSchema schema, String from, String to, Set<String> seen) {
        Optional<Object> target = SchemaRefs.isPointer(from)
                ? SchemaRefs.resolve(schema.keywords(), from)
                : Optional.of(schema.keywords());
        for (String next : target.map(References::below).orElse(List.of())) {
            if (next.equals(to) || (seen.add(next) && reaches(schema, next, to, seen))) {
                return true;
            }
        }
        return false;
    }

    /** The target holds the reference itself. */
    private static boolean encloses(JsonSchema schema, String ref) {
        return SchemaRefs.isPointer(ref)
                && SchemaRefs.resolve(schema.keywords(), ref)
                        .map(References::below)
                        .orElse(List.of())
                        .contains(ref);
    }

    private static List<String> below(Object value) {
        List<String> refs = new ArrayList<>();
        collect(value, refs);
        return refs;
    }

    private static void collect(Object value, List<String> refs) {
        if (value instanceof List<?> list) {
            list.forEach(item -> collect(item, refs));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> {
                if (item instanceof String ref && (key.equals("$ref") || key.equals("$dynamicRef"))) {
                    refs.add(ref);
                } else if (item != null) {
                    collect(item, refs);
                }
            });
        }
    }
}
