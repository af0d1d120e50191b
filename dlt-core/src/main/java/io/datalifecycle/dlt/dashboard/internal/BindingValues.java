package io.datalifecycle.dlt.dashboard.internal;

import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Binding;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What bindings stand for in one resolution of a dashboard. */
record BindingValues(WorkspaceContext workspace, ControlValues controls, Instant now) {

    /** The value of a binding; null for no value. Columns of the row are given where there is one. */
    @Nullable
    Object of(Binding binding, Map<String, ? extends @Nullable Object> row) {
        return switch (binding.source()) {
            case CONTROL -> controls.value(binding.name(), binding.part());
            case ROW -> row.get(binding.name());
            case PARAM -> workspace.parameters().get(binding.name());
            case NOW -> relative(binding.text());
            case LITERAL -> literal(binding.text());
        };
    }

    /** The number a threshold stands for; empty when it has none. */
    OptionalDouble number(Binding binding) {
        Object value = of(binding, Map.of());
        if (value instanceof Number number) {
            return OptionalDouble.of(number.doubleValue());
        }
        try {
            return value instanceof String text ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private Instant relative(String text) {
        if (text.length() == 3) {
            return now;
        }
        try {
            Duration distance = Duration.parse(text.substring(4));
            return text.charAt(3) == '-' ? now.minus(distance) : now.plus(distance);
        } catch (java.time.DateTimeException e) {
            throw new InvalidInputException(ProblemCode.INPUT_INVALID, "binding " + text + ": write it like now-PT1H");
        }
    }

    private static String literal(String text) {
        return text.startsWith("'") && text.endsWith("'") && text.length() > 1
                ? text.substring(1, text.length() - 1).replace("''", "'")
                : text;
    }
}
