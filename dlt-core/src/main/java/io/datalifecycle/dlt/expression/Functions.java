package io.datalifecycle.dlt.expression;

import io.datalifecycle.dlt.time.TimePattern;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions of the namespace {@code fn}; the only Java an expression can reach. Public methods are the functions. */
@SuppressWarnings("unused") // called by name from expressions
public final class Functions {

    static final Set<String> NAMES = Set.of(
            "abs",
            "min",
            "max",
            "round",
            "floor",
            "ceil",
            "sqrt",
            "log",
            "exp",
            "pow",
            "coalesce",
            "present",
            "contains",
            "startsWith",
            "endsWith",
            "lower",
            "upper",
            "length",
            "epoch",
            "time");

    private static final int MOST_DIGITS = 15;
    private static final int MOST_SHOWN = 40;
    private static final BigDecimal MOST_MICROS = BigDecimal.valueOf(62_135_596_800_000_000L);

    Functions() {}

    public Object abs(@Nullable Object x) {
        Object value = Arithmetic.value(x);
        return value instanceof Long whole && whole != Long.MIN_VALUE
                ? (Object) Math.abs(whole)
                : Arithmetic.finite(Math.abs(Arithmetic.number(value)));
    }

    public Object min(Object... values) {
        return extreme(values, false);
    }

    public Object max(Object... values) {
        return extreme(values, true);
    }

    public Object round(@Nullable Object x) {
        return round(x, 0L);
    }

    /** Half away from zero, to that many digits behind the point (negative: before it). */
    public Object round(@Nullable Object x, @Nullable Object digits) {
        double places = Arithmetic.number(Arithmetic.value(digits));
        if (Math.abs(places) > MOST_DIGITS) {
            throw new ArithmeticException("round takes from -" + MOST_DIGITS + " to " + MOST_DIGITS + " digits");
        }
        BigDecimal exact = BigDecimal.valueOf(Arithmetic.number(Arithmetic.value(x)));
        return exact.setScale((int) places, RoundingMode.HALF_UP).doubleValue();
    }

    public Object floor(@Nullable Object x) {
        return Math.floor(number(x));
    }

    public Object ceil(@Nullable Object x) {
        return Math.ceil(number(x));
    }

    public Object sqrt(@Nullable Object x) {
        return Arithmetic.finite(Math.sqrt(number(x)));
    }

    /** Natural logarithm. */
    public Object log(@Nullable Object x) {
        return Arithmetic.finite(Math.log(number(x)));
    }

    public Object exp(@Nullable Object x) {
        return Arithmetic.finite(Math.exp(number(x)));
    }

    public Object pow(@Nullable Object x, @Nullable Object exponent) {
        return Arithmetic.finite(Math.pow(number(x), number(exponent)));
    }

    /** The first argument that has a value. */
    public Object coalesce(Object... values) {
        for (Object value : values) {
            Object plain = Scope.plain(value);
            if (plain != NoValue.INSTANCE) {
                return plain;
            }
        }
        return NoValue.INSTANCE;
    }

    /** Whether there is a value. */
    public Object present(@Nullable Object x) {
        return Scope.plain(x) != NoValue.INSTANCE;
    }

    public Object contains(@Nullable Object text, @Nullable Object part) {
        return text(text).contains(text(part));
    }

    public Object startsWith(@Nullable Object text, @Nullable Object part) {
        return text(text).startsWith(text(part));
    }

    public Object endsWith(@Nullable Object text, @Nullable Object part) {
        return text(text).endsWith(text(part));
    }

    public Object lower(@Nullable Object text) {
        return text(text).toLowerCase(Locale.ROOT);
    }

    public Object upper(@Nullable Object text) {
        return text(text).toUpperCase(Locale.ROOT);
    }

    public Object length(@Nullable Object text) {
        return (long) text(text).length();
    }

    /** The instant that many seconds after 1970 began in UTC, to the microsecond. */
    public Object epoch(@Nullable Object seconds) {
        BigDecimal micros =
                BigDecimal.valueOf(number(seconds)).movePointRight(6).setScale(0, RoundingMode.HALF_UP);
        if (micros.abs().compareTo(MOST_MICROS) > 0) {
            throw new ArithmeticException("epoch takes seconds of the years 1 to 9999");
        }
        return Instant.EPOCH.plus(micros.longValueExact(), ChronoUnit.MICROS);
    }

    /** The instant a text means by a pattern such as {@code d.M.yyyy H:mm} or {@code iso}, in UTC where it says no offset. */
    public Object time(@Nullable Object text, @Nullable Object pattern) {
        return time(text, pattern, "UTC");
    }

    /** The same, local in a zone where the text says no offset. */
    public Object time(@Nullable Object text, @Nullable Object pattern, @Nullable Object zone) {
        Object value = Arithmetic.value(text);
        String time =
                value instanceof Long digits ? digits.toString() : text(value).strip();
        try {
            return TimePattern.of(text(pattern))
                    .read(time, ZoneId.of(text(zone)))
                    .orElseThrow(() -> new ArithmeticException(
                            "\"" + shown(time) + "\" is no time of the pattern " + text(pattern)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ArithmeticException(String.valueOf(e.getMessage()));
        }
    }

    private static String shown(String text) {
        return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
    }

    private static double number(@Nullable Object x) {
        return Arithmetic.number(Arithmetic.value(x));
    }

    private static String text(@Nullable Object x) {
        if (Arithmetic.value(x) instanceof String text) {
            return text;
        }
        throw new ArithmeticException("a number or time stands where a text is needed");
    }

    private static Object extreme(Object[] values, boolean largest) {
        if (values.length == 0) {
            throw new ArithmeticException("min and max need at least one value");
        }
        Object best = Arithmetic.value(values[0]);
        for (Object value : values) {
            double candidate = number(value);
            if (largest ? candidate > Arithmetic.number(best) : candidate < Arithmetic.number(best)) {
                best = Arithmetic.value(value);
            }
        }
        Arithmetic.number(best);
        return best;
    }
}
