package io.datalifecycle.dlt.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies of values that keep their order and give equal things one form. */
final class Values {

    private static final int MOST_ZEROS = 40;

    private Values() {}

    static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** A deep copy in which whole numbers are Long and other numbers Double. */
    static Map<String, Object> options(Map<String, Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, option(value)));
        return Collections.unmodifiableMap(copy);
    }

    @SuppressWarnings("unchecked")
    private static Object option(Object value) {
        if (value instanceof Map<?, ?> map) {
            return options((Map<String, Object>) map);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> option(item)).toList();
        }
        if (value instanceof Number number) {
            boolean whole = !(number instanceof Double || number instanceof Float)
                    && (!(number instanceof BigDecimal exact) || exact.scale() <= 0);
            return whole ? (Object) number.longValue() : (Object) number.doubleValue();
        }
        return value instanceof Boolean ? value : value.toString();
    }

    /** A number of a JSON Schema: {@code 1}, {@code 1.0} and {@code 1e0} are one. */
    static BigDecimal exact(Number number) {
        BigDecimal exact = number instanceof BigDecimal big
                ? big
                : number instanceof BigInteger big ? new BigDecimal(big) : new BigDecimal(number.toString());
        BigDecimal plain = exact.stripTrailingZeros();
        // a negative scale is trailing zeros; written out only where that cannot be a bomb
        return plain.scale() < 0 && plain.scale() > -MOST_ZEROS ? plain.setScale(0) : plain;
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> schema(Map<String, @Nullable Object> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, schemaValue(value)));
        return Collections.unmodifiableMap(copy);
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object schemaValue(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return schema((Map<String, @Nullable Object>) map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(schemaValue(item)));
            return Collections.unmodifiableList(copy);
        }
        return value instanceof Number number ? exact(number) : value;
    }
}
