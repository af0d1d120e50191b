package io.datalifecycle.dlt.row;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** References within a JSON Schema given as plain values. */
public final class SchemaRefs {

    private SchemaRefs() {}

    /** Whether a reference is the root or a JSON pointer, and no anchor. */
    public static boolean isPointer(String ref) {
        return ref.equals("#") || ref.startsWith("#/");
    }

    /** What a pointer such as {@code #/$defs/pressure} leads to; empty when it leads nowhere. */
    public static Optional<Object> resolve(Map<String, ? extends @Nullable Object> schema, String ref) {
        Object at = schema;
        for (String part : ref.equals("#") ? new String[0] : ref.substring(2).split("/", -1)) {
            String name = part.replace("%25", "%").replace("~1", "/").replace("~0", "~");
            if (at instanceof Map<?, ?> map && map.get(name) != null) {
                at = map.get(name);
            } else if (at instanceof List<?> list
                    && name.matches("[0-9]{1,6}")
                    && Integer.parseInt(name) < list.size()) {
                at = list.get(Integer.parseInt(name));
            } else {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(at);
    }
}
