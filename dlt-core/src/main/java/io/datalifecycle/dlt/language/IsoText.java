package io.datalifecycle.dlt.language;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.Optional;
import java.util.regex.Pattern;

/** ISO 8601 spans as templates write them. */
final class IsoText {

    private static final Pattern WEEKS = Pattern.compile("P(\\d{1,5})W");

    private IsoText() {}

    /** A length of real time: {@code PT10M}, {@code P7D} is 7 × 24 h. Empty when it is none or not positive. */
    static Optional<Duration> duration(String text) {
        var weeks = WEEKS.matcher(text);
        try {
            Duration duration =
                    weeks.matches() ? Duration.ofDays(7 * Long.parseLong(weeks.group(1))) : Duration.parse(text);
            return duration.isNegative() ? Optional.empty() : Optional.of(duration);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** With a T a length of real time, without one a span of the calendar. Empty when it is none or not positive. */
    static Optional<TemporalAmount> amount(String text) {
        if (text.indexOf('T') >= 0) {
            return duration(text).filter(d -> !d.isZero()).map(d -> d);
        }
        try {
            Period period = Period.parse(text);
            return period.isNegative() || period.isZero() ? Optional.empty() : Optional.of(period);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whole days as {@code P7D}, everything else as {@code PT…}. */
    static String of(Duration duration) {
        boolean wholeDays = !duration.isZero() && duration.equals(Duration.ofDays(duration.toDays()));
        return wholeDays ? "P" + duration.toDays() + "D" : duration.toString();
    }

    /** A Duration always with a T, a Period never, so that reading gives the same kind back. */
    static String of(TemporalAmount amount) {
        return amount.toString();
    }
}
