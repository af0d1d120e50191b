package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The span a report looks back on: {@code last-day}, {@code last-week} (Monday to Monday), {@code last-month} in the report's
 * zone, or an ISO duration that ends at the run. Immutable.
 *
 * @param text as written
 */
public record ReportRange(String text) {

    public static final ReportRange LAST_DAY = new ReportRange("last-day");
    public static final ReportRange LAST_WEEK = new ReportRange("last-week");
    public static final ReportRange LAST_MONTH = new ReportRange("last-month");

    /** Reads a range; empty when it is neither one of the names nor a positive ISO duration. */
    public static Optional<ReportRange> parse(String text) {
        if (text.equals("last-day") || text.equals("last-week") || text.equals("last-month")) {
            return Optional.of(new ReportRange(text));
        }
        try {
            Duration duration = Duration.parse(text);
            return duration.isNegative() || duration.isZero() ? Optional.empty() : Optional.of(new ReportRange(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    public static ReportRange of(Duration length) {
        return new ReportRange(length.toString());
    }

    /** The span for a run at an instant, in a zone. */
    public TimeRange at(Instant run, ZoneId zone) {
        LocalDate today = run.atZone(zone).toLocalDate();
        return switch (text) {
            case "last-day" -> days(today.minusDays(1), today, zone);
            case "last-week" -> {
                LocalDate monday = today.minusDays(today.getDayOfWeek().getValue() - 1L);
                yield days(monday.minusWeeks(1), monday, zone);
            }
            case "last-month" -> days(today.withDayOfMonth(1).minusMonths(1), today.withDayOfMonth(1), zone);
            default -> TimeRange.of(run.minus(Duration.parse(text)), run);
        };
    }

    private static TimeRange days(LocalDate from, LocalDate to, ZoneId zone) {
        return TimeRange.of(
                from.atStartOfDay(zone).toInstant(), to.atStartOfDay(zone).toInstant());
    }
}
