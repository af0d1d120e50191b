package io.datalifecycle.dlt.language;

import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds one group of keys for writing, leaving out what is not said. Not thread-safe. */
final class Tree {

    private final Map<String, @Nullable Object> map = new LinkedHashMap<>();

    Tree put(String key, Object value) {
        map.put(key, value);
        return this;
    }

    /** A value that is in plain form already, null among them. */
    void putPlain(String key, @Nullable Object value) {
        map.put(key, value);
    }

    Tree put(String key, Optional<?> value) {
        value.ifPresent(v -> map.put(key, v));
        return this;
    }

    /** Left out when it is what stands there anyway. */
    Tree unless(String key, Object value, Object standard) {
        if (!value.equals(standard)) {
            map.put(key, value);
        }
        return this;
    }

    /** Left out when empty. */
    Tree list(String key, List<?> values) {
        if (!values.isEmpty()) {
            map.put(key, values);
        }
        return this;
    }

    /** Left out when empty. */
    Tree map(String key, Map<String, ?> values) {
        if (!values.isEmpty()) {
            map.put(key, values);
        }
        return this;
    }

    Tree duration(String key, Duration value, Duration standard) {
        if (!value.equals(standard)) {
            map.put(key, IsoText.of(value));
        }
        return this;
    }

    Tree duration(String key, Optional<Duration> value) {
        return put(key, value.map(IsoText::of));
    }

    Tree amount(String key, Optional<TemporalAmount> value) {
        return put(key, value.map(IsoText::of));
    }

    /** A group of groups, by key; left out when empty. */
    <T> Tree items(String key, List<T> items, Function<T, String> name, Function<T, Object> form) {
        Map<String, Object> group = new LinkedHashMap<>();
        items.forEach(item -> group.put(name.apply(item), form.apply(item)));
        return map(key, group);
    }

    /** Items as a group of groups, by key. */
    static <T> Map<String, Map<String, @Nullable Object>> group(
            List<T> items, Function<T, String> name, Function<T, Map<String, @Nullable Object>> form) {
        Map<String, Map<String, @Nullable Object>> group = new LinkedHashMap<>();
        items.forEach(item -> group.put(name.apply(item), form.apply(item)));
        return group;
    }

    Map<String, @Nullable Object> done() {
        return map;
    }
}
