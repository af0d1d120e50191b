package io.datalifecycle.dlt.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema (2020-12 unless {@code $schema} says draft-07) as a tree of plain values: {@code Map}, {@code List},
 * {@code String}, {@code BigDecimal}, {@code Boolean}, null. Order of keys is kept. Deeply immutable.
 *
 * @param keywords the schema object
 */
public record JsonSchema(Map<String, @Nullable Object> keywords) {

    public JsonSchema {
        keywords = Values.schema(keywords);
    }

    /** The {@code properties} keyword, in order; empty when absent or not an object. */
    public Map<String, @Nullable Object> properties() {
        return asMap(keywords.get("properties"));
    }

    /** The {@code required} keyword; empty when absent. */
    public List<String> required() {
        List<String> names = new ArrayList<>();
        if (keywords.get("required") instanceof List<?> list) {
            list.forEach(name -> names.add(String.valueOf(name)));
        }
        return List.copyOf(names);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> asMap(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }
}
