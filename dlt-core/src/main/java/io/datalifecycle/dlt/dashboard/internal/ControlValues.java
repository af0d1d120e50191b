package io.datalifecycle.dlt.dashboard.internal;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Control;
import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.time.TimeRange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of a dashboard's controls: as texts, and typed for bindings. Immutable. */
final class ControlValues {

    private final Dashboard dashboard;
    private final Map<String, String> texts;
    private final Map<String, TimeRange> ranges;

    private ControlValues(Dashboard dashboard, Map<String, String> texts, Map<String, TimeRange> ranges) {
        this.dashboard = dashboard;
        this.texts = texts;
        this.ranges = ranges;
    }

    /** The given texts over the defaults; a control that does not exist, or a text it cannot take, is refused. */
    static ControlValues of(Dashboard dashboard, Map<String, String> given, Instant now) {
        List<String> known = dashboard.controls().stream().map(Control::key).toList();
        for (String key : given.keySet()) {
            if (!known.contains(key)) {
                throw new NotFoundException(
                        ProblemCode.ITEM_NOT_FOUND,
                        "dashboard " + dashboard.key() + " has no control " + key + "; " + DidYouMean.hint(key, known));
            }
        }
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, TimeRange> ranges = new LinkedHashMap<>();
        for (Control control : dashboard.controls()) {
            String text = given.get(control.key());
            if (control instanceof Control.TimeRange range) {
                TimeRange span = text == null || text.isEmpty()
                        ? TimeRange.of(now.minus(range.length()), now)
                        : span(control, text, now);
                ranges.put(control.key(), span);
                texts.put(control.key(), span.from() + "/" + span.to());
            } else {
                texts.put(control.key(), text == null ? defaultText(control) : checked(control, text));
            }
        }
        return new ControlValues(dashboard, texts, ranges);
    }

    /** The same with some controls set otherwise. */
    ControlValues with(Map<String, String> other) {
        Map<String, String> changed = new LinkedHashMap<>(texts);
        changed.putAll(other);
        return new ControlValues(dashboard, changed, ranges);
    }

    String text(String control) {
        return texts.getOrDefault(control, "");
    }

    Optional<TimeRange> firstRange() {
        return ranges.values().stream().findFirst();
    }

    /** The value for a binding; null for a control that is not set. Texts are typed by the metric's input. */
    @Nullable
    Object value(String control, String part) {
        TimeRange range = ranges.get(control);
        if (range != null) {
            return part.equals("to") ? range.to() : range.from();
        }
        String text = text(control);
        return text.isEmpty() ? null : text;
    }

    private static String defaultText(Control control) {
        return switch (control.kind()) {
            case SELECT -> ((Control.Select) control).defaultValue().orElse("");
            case NUMBER -> number(((Control.Number) control).defaultValue());
            case TEXT -> ((Control.Text) control).defaultValue().orElse("");
            case TOGGLE -> Boolean.toString(((Control.Toggle) control).defaultValue());
            case TIME_RANGE -> "";
        };
    }

    private static String checked(Control control, String text) {
        if (control instanceof Control.Number number) {
            double value;
            try {
                value = Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw wrong(control, "takes a number");
            }
            if (number.min().filter(min -> value < min).isPresent()
                    || number.max().filter(max -> value > max).isPresent()) {
                throw wrong(control, "lies outside its range");
            }
            return number(value);
        }
        if (control instanceof Control.Toggle && !text.equals("true") && !text.equals("false")) {
            throw wrong(control, "takes true or false");
        }
        return text;
    }

    private static TimeRange span(Control control, String text, Instant now) {
        try {
            int slash = text.indexOf('/');
            if (slash < 0) {
                return TimeRange.of(now.minus(Duration.parse(text)), now);
            }
            return TimeRange.of(Instant.parse(text.substring(0, slash)), Instant.parse(text.substring(slash + 1)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw wrong(
                    control,
                    "takes from/to as instants (2026-03-01T00:00:00Z/2026-03-08T00:00:00Z) or a duration (P7D)");
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static InvalidInputException wrong(Control control, String what) {
        return new InvalidInputException(ProblemCode.INPUT_INVALID, "control " + control.key() + " " + what);
    }
}
