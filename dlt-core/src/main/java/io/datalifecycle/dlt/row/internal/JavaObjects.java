package io.datalifecycle.dlt.row.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** Java values as maps from column to value; records and beans are read with Jackson. */
public final class JavaObjects {

    private static final TypeReference<LinkedHashMap<String, @Nullable Object>> MAP = new TypeReference<>() {};

    /** Before a capital that begins a word: assetId, ASSETId, level2High. */
    private static final Pattern WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private JavaObjects() {}

    /** A row that is a map already. */
    @SuppressWarnings("unchecked") // rows as maps are given with that type
    public static Map<String, ?> map(Object row) {
        return (Map<String, ?>) row;
    }

    /** Reads objects under their own names, for a mapping. */
    public static Function<Object, Map<String, ?>> reader() {
        return reader(Set.of());
    }

    /**
     * Reads objects for columns: a name that is none becomes its snake case where that is one.
     *
     * @return throws {@link IllegalArgumentException} for an object that cannot be read
     */
    public static Function<Object, Map<String, ?>> reader(Set<String> columns) {
        return object -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            properties(object).forEach((name, value) -> {
                if (value != null) {
                    row.put(column(name, columns), value);
                }
            });
            return row;
        };
    }

    private static String column(String name, Set<String> columns) {
        if (columns.contains(name)) {
            return name;
        }
        String snake = WORD.matcher(name).replaceAll("_").toLowerCase(java.util.Locale.ROOT);
        return columns.contains(snake) ? snake : name;
    }

    private static Map<String, @Nullable Object> properties(@Nullable Object object) {
        if (object == null) {
            throw new IllegalArgumentException("the row is null");
        }
        try {
            return Json.MAPPER.convertValue(object, MAP);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the row is a " + object.getClass().getName()
                            + ", which has no properties that can be read; a record or a public bean is expected",
                    e);
        }
    }
}
