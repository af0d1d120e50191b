package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.template.JsonSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where a later schema refuses what an earlier one took: the keywords that senders run into. Pure. */
final class Tightening {

    private static final List<String> UPPER =
            List.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");
    private static final List<String> LOWER =
            List.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");
    private static final List<String> EXACT = List.of("pattern", "format", "const", "multipleOf");

    private final List<String> found = new ArrayList<>();

    private Tightening() {}

    /**
     * What is tighter, for people: {@code pressure: maximum 10 (was 20)}.
     *
     * @param earlier earlier name of a property
     */
    static List<String> of(JsonSchema before, JsonSchema after, UnaryOperator<String> earlier) {
        Tightening tightening = new Tightening();
        Set<String> required = new LinkedHashSet<>(after.required());
        required.removeIf(name -> before.required().contains(earlier.apply(name)));
        required.forEach(name -> tightening.found.add(name + ": required"));
        boolean closed = Boolean.FALSE.equals(after.keywords().get("additionalProperties"))
                && !Boolean.FALSE.equals(before.keywords().get("additionalProperties"));
        if (closed) {
            tightening.found.add("other properties are refused");
        }
        after.properties().forEach((name, now) -> {
            Object then = before.properties().get(earlier.apply(name));
            if (then instanceof Map<?, ?> a && now instanceof Map<?, ?> b) {
                tightening.property(name, a, b);
            }
        });
        return List.copyOf(tightening.found);
    }

    private void property(String name, Map<?, ?> then, Map<?, ?> now) {
        UPPER.forEach(word -> bound(name, word, then, now, 1));
        LOWER.forEach(word -> bound(name, word, then, now, -1));
        for (String word : EXACT) {
            if (now.get(word) != null && !Objects.equals(then.get(word), now.get(word))) {
                found.add(name + ": " + word + " " + now.get(word));
            }
        }
        if (now.get("enum") instanceof List<?> values
                && !(then.get("enum") instanceof List<?> known && values.containsAll(known))) {
            found.add(name + ": enum " + values);
        }
        Set<String> types = types(now.get("type"));
        Set<String> former = types(then.get("type"));
        former.removeAll(types);
        boolean integers = former.equals(Set.of("integer")) && types.contains("number");
        if (!types.isEmpty() && !former.isEmpty() && !integers) {
            found.add(name + ": no longer " + String.join(" or ", former));
        }
    }

    private void bound(String name, String word, Map<?, ?> then, Map<?, ?> now, int sign) {
        if (now.get(word) instanceof BigDecimal limit) {
            boolean tighter = !(then.get(word) instanceof BigDecimal known) || limit.compareTo(known) * sign < 0;
            if (tighter) {
                found.add(name + ": " + word + " " + limit
                        + (then.get(word) == null ? "" : " (was " + then.get(word) + ")"));
            }
        }
    }

    private static Set<String> types(@Nullable Object type) {
        Set<String> types = new LinkedHashSet<>();
        if (type instanceof List<?> list) {
            list.forEach(t -> types.add(String.valueOf(t)));
        } else if (type != null) {
            types.add(type.toString());
        }
        return types;
    }
}
