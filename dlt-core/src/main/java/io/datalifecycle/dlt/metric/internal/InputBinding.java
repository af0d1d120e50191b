package io.datalifecycle.dlt.metric.internal;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Input;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.ValueType;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks and types what is given for the inputs of a metric. */
final class InputBinding {

    private InputBinding() {}

    /** A value or null for every declared input, of the input's Java type. */
    static Map<String, @Nullable Object> bind(Metric metric, Map<String, ? extends @Nullable Object> given) {
        List<String> known = metric.inputs().stream().map(Input::key).toList();
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw new InvalidInputException(
                        ProblemCode.INPUT_INVALID,
                        "metric " + metric.key() + " has no input " + name + "; " + DidYouMean.hint(name, known));
            }
        }
        Map<String, @Nullable Object> bound = new LinkedHashMap<>();
        for (Input input : metric.inputs()) {
            Object raw = given.get(input.key());
            if (raw == null && input.defaultValue().isPresent()) {
                bound.put(input.key(), input.defaultValue().get());
            } else if (raw == null && input.required()) {
                throw new InvalidInputException(
                        ProblemCode.INPUT_MISSING,
                        "metric " + metric.key() + ": input " + input.key() + " is required; give a "
                                + input.type().label() + " with .with(\"" + input.key() + "\", …)");
            } else {
                bound.put(input.key(), raw == null ? null : typed(metric, input, raw));
            }
        }
        return bound;
    }

    private static Object typed(Metric metric, Input input, Object raw) {
        Optional<Object> value = input.type().convert(raw);
        if (value.isEmpty() && raw instanceof String text) {
            value = fromText(input.type(), text.strip());
        }
        return value.orElseThrow(() -> new InvalidInputException(
                ProblemCode.INPUT_INVALID,
                "metric " + metric.key() + ": input "
                        + input.key() + " takes a " + input.type().label() + example(input.type()) + ", not a "
                        + raw.getClass().getSimpleName()));
    }

    /** Controls of a page and query parameters of a host are texts. */
    private static Optional<Object> fromText(ValueType type, String text) {
        try {
            return switch (type) {
                case NUMBER, INTEGER -> type.convert(new BigDecimal(text));
                case BOOLEAN ->
                    text.equals("true") || text.equals("false") ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
                case STRING, TIMESTAMP, DATE -> Optional.empty();
            };
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String example(ValueType type) {
        return switch (type) {
            case TIMESTAMP -> " (an Instant, or text like 2026-03-01T00:00:00Z)";
            case DATE -> " (a LocalDate, or text like 2026-03-01)";
            case STRING, NUMBER, INTEGER, BOOLEAN -> "";
        };
    }
}
