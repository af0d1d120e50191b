package io.datalifecycle.dlt.proposal;

import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds how columns write instants, and the one that orders rows: by its values, its name only decides between equals. */
final class TimeFinder {

    private static final Set<String> EXACT =
            Set.of("ts", "timestamp", "time", "datetime", "date", "zeit", "datum", "t", "zeitstempel", "date_time");
    private static final Pattern PART = Pattern.compile("time|date|zeit|datum|stamp|year|jahr|month|_at$|^ts_|_ts$");
    private static final double FIRST_SECOND = 300_000_000d;
    private static final double LAST_SECOND = 4_200_000_000d;
    private static final int NAMED = 10;
    private static final int HINTED = 5;
    private static final int ORDERED = 3;

    private final boolean text;
    private final ZoneId zone;

    /** @param text whether values are texts that mean numbers and times */
    TimeFinder(boolean text, ZoneId zone) {
        this.text = text;
        this.zone = zone;
    }

    /**
     * A column that can be the time of rows.
     *
     * @param source the column
     * @param format how it writes instants
     * @param instants by row
     * @param ambiguous whether day and month could be the other way round
     */
    record Found(Sample.Source source, TimeFormat format, List<Instant> instants, boolean ambiguous) {

        boolean isOrdered() {
            for (int i = 1; i < instants.size(); i++) {
                if (instants.get(i).isBefore(instants.get(i - 1))) {
                    return false;
                }
            }
            return true;
        }

        private int score() {
            return format.score() + hint(source.label()) + (isOrdered() ? ORDERED : 0);
        }
    }

    /** The column that orders rows. */
    Found time(Sample sample, Reasons reasons) {
        @Nullable Found best = null;
        for (Sample.Source source : sample.sources()) {
            Optional<Found> found = source.isComplete() ? find(source) : Optional.empty();
            if (found.isPresent() && (best == null || found.get().score() > best.score())) {
                best = found.get();
            }
        }
        if (best == null) {
            throw new InvalidInputException(
                    ProblemCode.SAMPLE_UNUSABLE,
                    sample.name() + ": no column has a time in every row; columns are "
                            + sample.sources().stream()
                                    .map(Sample.Source::label)
                                    .collect(Collectors.joining(", "))
                            + ". Add one such as 2026-03-01T08:30:00Z, or leave rows without it out");
        }
        tell(best, reasons);
        return best;
    }

    private void tell(Found best, Reasons reasons) {
        String at = Reasons.STORE + "/time";
        reasons.add(
                at,
                "every row of \"" + best.source().label() + "\" has a time: "
                        + best.format().words());
        if (best.ambiguous()) {
            reasons.add(at, "day and month could be the other way round; correct the mapping if the month comes first");
        }
        if (best.instants().size() > 1 && !best.isOrdered()) {
            reasons.add(at, "rows are not in the order of time, which does no harm");
        }
    }

    /** How a column writes instants; empty when it does not. */
    Optional<Found> find(Sample.Source source) {
        List<JsonNode> values = source.present();
        if (values.isEmpty()) {
            return Optional.empty();
        }
        List<TimeFormat> formats = formats(source, values);
        Optional<Found> first = formats.stream()
                .filter(format -> format.isReachable(source))
                .flatMap(format -> read(source, format, values).stream())
                .findFirst();
        if (first.isEmpty() || !first.get().format().words().contains("d/M/")) {
            return first;
        }
        return Optional.of(dayOrMonthFirst(source, first.get(), formats, values));
    }

    private Found dayOrMonthFirst(
            Sample.Source source, Found dayFirst, List<TimeFormat> formats, List<JsonNode> values) {
        String swapped = dayFirst.format().pattern().replace("d/M/", "M/d/");
        Optional<Found> other = formats.stream()
                .filter(format -> format.pattern().equals(swapped))
                .flatMap(format -> read(source, format, values).stream())
                .findFirst();
        if (other.isEmpty() || other.get().instants().equals(dayFirst.instants())) {
            return dayFirst;
        }
        boolean monthFirst = other.get().isOrdered() && !dayFirst.isOrdered();
        boolean certain = other.get().isOrdered() != dayFirst.isOrdered();
        Found chosen = monthFirst ? other.get() : dayFirst;
        return new Found(source, chosen.format(), chosen.instants(), !certain);
    }

    private Optional<Found> read(Sample.Source source, TimeFormat format, List<JsonNode> values) {
        List<Instant> instants = new ArrayList<>(values.size());
        for (JsonNode value : values) {
            Optional<Instant> instant = format.read(value, zone);
            if (instant.isEmpty()) {
                return Optional.empty();
            }
            instants.add(instant.get());
        }
        return Optional.of(new Found(source, format, instants, false));
    }

    /** What the values could be, the most telling first. */
    private List<TimeFormat> formats(Sample.Source source, List<JsonNode> values) {
        List<TimeFormat> formats = new ArrayList<>();
        if (values.stream().allMatch(JsonNode::isString)) {
            if (all(values, value -> Values.isDateTime(value, text))) {
                formats.add(all(values, Values::hasOffset) ? TimeFormat.RFC3339 : TimeFormat.LOCAL_CSV);
            } else if (all(values, Values::isDate)) {
                formats.add(TimeFormat.DATES);
            } else if (!text && all(values, value -> Values.isDateTime(value.strip(), true))) {
                formats.add(TimeFormat.ISO);
            }
            formats.addAll(TimeFormat.OTHERS);
        }
        numbers(source, values).ifPresent(formats::add);
        return formats;
    }

    private Optional<TimeFormat> numbers(Sample.Source source, List<JsonNode> values) {
        double least = Double.MAX_VALUE;
        double most = -Double.MAX_VALUE;
        boolean whole = true;
        for (JsonNode value : values) {
            String number =
                    value.isString() && text ? value.stringValue().strip() : value.isNumber() ? value.toString() : "";
            if (!Values.isNumber(number, false)) {
                return Optional.empty();
            }
            double at = Double.parseDouble(number);
            least = Math.min(least, at);
            most = Math.max(most, at);
            whole &= Values.isWhole(number);
        }
        if (whole && least >= 1_500 && most <= 2_500 && hint(source.label()) > 0) {
            return Optional.of(TimeFormat.YEARS);
        }
        for (int[] unit : new int[][] {{1, 0}, {1_000, 1}, {1_000_000, 2}}) {
            boolean within = least >= FIRST_SECOND * unit[0] && most <= LAST_SECOND * unit[0];
            if (within && (hint(source.label()) > 0 || isGrowing(values))) {
                return Optional.of(TimeFormat.epoch(
                        unit[0],
                        List.of("seconds", "milliseconds", "microseconds").get(unit[1])));
            }
        }
        return Optional.empty();
    }

    private static boolean isGrowing(List<JsonNode> values) {
        double before = -Double.MAX_VALUE;
        for (JsonNode value : values) {
            double at =
                    Double.parseDouble(value.isString() ? value.stringValue().strip() : value.toString());
            if (at < before) {
                return false;
            }
            before = at;
        }
        return true;
    }

    private static boolean all(List<JsonNode> values, Predicate<String> is) {
        return values.stream().allMatch(value -> is.test(value.stringValue()));
    }

    private static int hint(String label) {
        String name = label.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
        if (EXACT.contains(name)) {
            return NAMED;
        }
        return PART.matcher(name).find() ? HINTED : 0;
    }
}
