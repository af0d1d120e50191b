package io.datalifecycle.dlt.row.internal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keywords of JSON Schema that bound a number. Immutable. */
final class NumberBounds {

    /** No bounds at all. */
    static final NumberBounds NONE = new NumberBounds(Map.of());

    private final @Nullable BigDecimal minimum;
    private final @Nullable BigDecimal maximum;
    private final @Nullable BigDecimal above;
    private final @Nullable BigDecimal below;
    private final @Nullable BigDecimal multipleOf;
    private final @Nullable List<BigDecimal> allowed;
    private final double least;
    private final double most;

    NumberBounds(Map<?, ?> schema) {
        minimum = decimal(schema.get("minimum"));
        maximum = decimal(schema.get("maximum"));
        above = decimal(schema.get("exclusiveMinimum"));
        below = decimal(schema.get("exclusiveMaximum"));
        multipleOf = decimal(schema.get("multipleOf"));
        allowed = allowed(schema);
        least = Math.max(near(minimum, Double.NEGATIVE_INFINITY), near(above, Double.NEGATIVE_INFINITY));
        most = Math.min(near(maximum, Double.POSITIVE_INFINITY), near(below, Double.POSITIVE_INFINITY));
    }

    private static double near(@Nullable BigDecimal bound, double none) {
        return bound == null ? none : bound.doubleValue();
    }

    private static @Nullable BigDecimal decimal(@Nullable Object value) {
        return value instanceof BigDecimal decimal ? decimal : null;
    }

    private static @Nullable List<BigDecimal> allowed(Map<?, ?> schema) {
        List<BigDecimal> values = null;
        if (schema.get("enum") instanceof List<?> list) {
            values = numbers(list);
        }
        if (schema.containsKey("const")) {
            List<BigDecimal> only = numbers(Collections.singletonList(schema.get("const")));
            if (values == null) {
                values = only;
            } else {
                values.removeIf(v -> only.stream().noneMatch(n -> n.compareTo(v) == 0));
            }
        }
        return values;
    }

    private static List<BigDecimal> numbers(List<?> list) {
        List<BigDecimal> numbers = new ArrayList<>();
        for (Object value : list) {
            if (value instanceof BigDecimal number) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** Whether only the exact decimal can tell; false means that the value is inside all bounds. */
    boolean needsExact(double value) {
        return !(value > least && value < most) || multipleOf != null || allowed != null;
    }

    /** The first keyword that the value breaks, null when it breaks none. */
    @Nullable
    String broken(BigDecimal value) {
        if (minimum != null && value.compareTo(minimum) < 0) {
            return "minimum";
        }
        if (maximum != null && value.compareTo(maximum) > 0) {
            return "maximum";
        }
        if (above != null && value.compareTo(above) <= 0) {
            return "exclusiveMinimum";
        }
        if (below != null && value.compareTo(below) >= 0) {
            return "exclusiveMaximum";
        }
        if (multipleOf != null
                && multipleOf.signum() != 0
                && value.remainder(multipleOf).signum() != 0) {
            return "multipleOf";
        }
        if (allowed != null && allowed.stream().noneMatch(a -> a.compareTo(value) == 0)) {
            return "enum";
        }
        return null;
    }

    /** What would be right for a keyword that {@link #broken} gave. */
    String expected(String keyword) {
        return switch (keyword) {
            case "minimum" -> "at least " + minimum + " is expected";
            case "maximum" -> "at most " + maximum + " is expected";
            case "exclusiveMinimum" -> "more than " + above + " is expected";
            case "exclusiveMaximum" -> "less than " + below + " is expected";
            case "multipleOf" -> "a multiple of " + multipleOf + " is expected";
            default -> "one of " + listed() + " is expected";
        };
    }

    private String listed() {
        return allowed == null ? "" : allowed.stream().map(BigDecimal::toString).collect(Collectors.joining(", "));
    }
}
