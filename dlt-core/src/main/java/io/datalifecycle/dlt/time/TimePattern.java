package io.datalifecycle.dlt.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How files of others write times: {@code d.M.yyyy H:mm[:ss]}, in the letters of {@link DateTimeFormatter} with English names of months.
 * What a pattern leaves out is the first month, the first day, midnight. {@code iso} reads ISO 8601 with a T or a blank, with or without
 * seconds, fractions and an offset. Days that do not exist are refused. Immutable, thread-safe.
 */
public final class TimePattern {

    /** The pattern that reads ISO 8601. */
    public static final String ISO = "iso";

    private static final int MOST_CHARACTERS = 60;
    private static final int MOST_CACHED = 500;
    private static final Map<String, TimePattern> CACHE = new ConcurrentHashMap<>();

    private final String text;
    private final DateTimeFormatter formatter;

    private TimePattern(String text, DateTimeFormatter formatter) {
        this.text = text;
        this.formatter = formatter;
    }

    /** Throws {@link IllegalArgumentException} for a text that is no pattern. */
    public static TimePattern of(String text) {
        TimePattern known = CACHE.get(text);
        if (known != null) {
            return known;
        }
        if (text.isBlank() || text.length() > MOST_CHARACTERS || text.indexOf('p') >= 0) {
            throw new IllegalArgumentException("\"" + text + "\" is no pattern of a time: write d.M.yyyy H:mm or iso");
        }
        TimePattern pattern = new TimePattern(text, formatter(text));
        if (CACHE.size() >= MOST_CACHED) {
            CACHE.clear();
        }
        CACHE.put(text, pattern);
        return pattern;
    }

    /**
     * The instant that a text means, of whole microseconds; empty when it is none.
     *
     * @param zone of a text without an offset; in the gap of a spring-forward day it moves forward, of a repeated hour the first is meant
     */
    public Optional<Instant> read(String time, ZoneId zone) {
        try {
            TemporalAccessor parsed = formatter.parseBest(time, OffsetDateTime::from, LocalDateTime::from);
            Instant instant = parsed instanceof OffsetDateTime with
                    ? with.toInstant()
                    : ((LocalDateTime) parsed).atZone(zone).toInstant();
            int year = instant.atOffset(ZoneOffset.UTC).getYear();
            return year < 1 || year > 9_999 ? Optional.empty() : Optional.of(instant.truncatedTo(ChronoUnit.MICROS));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static DateTimeFormatter formatter(String text) {
        boolean iso = text.equals(ISO);
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        if (iso) {
            builder.appendPattern("uuuu-MM-dd[['T'][ ]HH:mm[:ss]]")
                    .optionalStart()
                    .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                    .optionalEnd()
                    .appendPattern("[XXX][XX][X]");
        } else {
            builder.appendPattern(strictYears(text));
        }
        if (iso || !text.contains("a")) {
            builder.parseDefaulting(ChronoField.HOUR_OF_DAY, 0);
        }
        return builder.parseDefaulting(ChronoField.MONTH_OF_YEAR, 1)
                .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
                .toFormatter(Locale.ENGLISH)
                .withChronology(IsoChronology.INSTANCE)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** The year of an era needs an era; everybody means the year. */
    private static String strictYears(String text) {
        StringBuilder letters = new StringBuilder(text.length());
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'';
            letters.append(c == 'y' && !quoted ? 'u' : c);
        }
        return letters.toString();
    }

    /** The pattern as written. */
    @Override
    public String toString() {
        return text;
    }
}
