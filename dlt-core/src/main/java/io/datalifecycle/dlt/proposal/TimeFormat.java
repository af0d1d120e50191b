package io.datalifecycle.dlt.proposal;

import io.datalifecycle.dlt.time.TimePattern;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * How a column writes instants. Immutable.
 *
 * @param kind what has to be done to them
 * @param pattern of texts; empty for numbers
 * @param divisor of numbers, to give seconds
 * @param words for people
 * @param score how much it looks like the time of a row
 */
record TimeFormat(Kind kind, String pattern, int divisor, String words, int score) {

    /** What has to be done to the values. */
    enum Kind {
        /** Nothing: they are read as they stand. */
        DIRECT,
        /** CSV reads them in a zone it is told. */
        LOCAL,
        /** A pattern reads them. */
        PATTERN,
        /** Seconds, or parts of them, since 1970. */
        EPOCH
    }

    static final TimeFormat RFC3339 = new TimeFormat(Kind.DIRECT, TimePattern.ISO, 1, "date-times with an offset", 100);
    static final TimeFormat LOCAL_CSV =
            new TimeFormat(Kind.LOCAL, TimePattern.ISO, 1, "ISO date-times without an offset", 95);
    static final TimeFormat ISO = text(TimePattern.ISO, "ISO date-times that are not RFC 3339", 92);
    static final TimeFormat DATES = text(TimePattern.ISO, "ISO dates", 60);
    static final TimeFormat YEARS = text("yyyy", "years", 20);

    /** Texts of other makers; those whose day and month could be the other way round stand next to each other. */
    static final List<TimeFormat> OTHERS = List.of(
            clock("d.M.yyyy H:mm[:ss]"),
            clock("d/M/yyyy H:mm[:ss]"),
            clock("M/d/yyyy H:mm[:ss]"),
            clock("d/M/yyyy h:mm[:ss] a"),
            clock("M/d/yyyy h:mm[:ss] a"),
            clock("d-M-yyyy H:mm[:ss]"),
            clock("yyyy/M/d H:mm[:ss]"),
            clock("yyyy-M-d H:mm[:ss]"),
            clock("yyyy.M.d H:mm[:ss]"),
            clock("d MMM yyyy H:mm[:ss]"),
            clock("d-MMM-yyyy H:mm[:ss]"),
            clock("yyyyMMdd'T'HHmmss[X]"),
            clock("yyyyMMddHHmmss"),
            day("d.M.yyyy"),
            day("d/M/yyyy"),
            day("M/d/yyyy"),
            day("d-M-yyyy"),
            day("yyyy/M/d"),
            day("d MMM yyyy"),
            day("MMM d yyyy"),
            day("d-MMM-yyyy"),
            text("yyyy-MM", "months", 45),
            text("yyyyMMdd", "days without separators", 40));

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Set<String> WORDS = Set.of(
            "and",
            "or",
            "not",
            "eq",
            "ne",
            "lt",
            "le",
            "gt",
            "ge",
            "div",
            "mod",
            "true",
            "false",
            "null",
            "new",
            "var",
            "let",
            "const",
            "if",
            "else",
            "for",
            "while",
            "do",
            "switch",
            "case",
            "return",
            "break",
            "continue",
            "function",
            "try",
            "catch",
            "finally",
            "throw",
            "size",
            "empty",
            "instanceof",
            "pragma");
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private static TimeFormat clock(String pattern) {
        return text(pattern, "date-times written " + pattern, 80);
    }

    private static TimeFormat day(String pattern) {
        return text(pattern, "days written " + pattern, 55);
    }

    private static TimeFormat text(String pattern, String words, int score) {
        return new TimeFormat(Kind.PATTERN, pattern, 1, words, score);
    }

    static TimeFormat epoch(int divisor, String words) {
        return new TimeFormat(Kind.EPOCH, "", divisor, words + " since 1970", 50);
    }

    /** Whether it says a time of the day. */
    boolean hasClock() {
        return score >= 80;
    }

    /** The instant that a value means; empty when it means none. */
    Optional<Instant> read(JsonNode value, ZoneId zone) {
        String text = value.isString() ? value.stringValue() : value.toString();
        if (kind != Kind.EPOCH) {
            return TimePattern.of(pattern).read(kind == Kind.PATTERN ? text.strip() : text, zone);
        }
        if (!Values.isNumber(text, false)) {
            return Optional.empty();
        }
        BigDecimal micros = new BigDecimal(text.strip())
                .multiply(MILLION)
                .divide(BigDecimal.valueOf(divisor), 0, RoundingMode.HALF_UP);
        return Optional.of(Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS));
    }

    /** Whether an expression can name the source; always for what needs none. */
    boolean isReachable(Sample.Source source) {
        boolean plain = source.inner() == null
                ? isQuotable(source.member())
                : isName(source.member()) && isQuotable(source.inner());
        return kind == Kind.DIRECT || kind == Kind.LOCAL || plain;
    }

    /** What {@code map} says. */
    String mapping(Sample.Source source, ZoneId zone) {
        return switch (kind) {
            case DIRECT, LOCAL -> source.mapping();
            case PATTERN ->
                "= fn:time(" + reference(source) + ", '" + pattern.replace("'", "\\'") + "', '" + zone + "')";
            case EPOCH -> "= fn:epoch(" + reference(source) + (divisor == 1 ? "" : " / " + divisor) + ")";
        };
    }

    private static String reference(Sample.Source source) {
        if (source.inner() != null) {
            return source.member() + "." + quoted(source.inner());
        }
        return isName(source.member()) ? source.member() : "record." + quoted(source.member());
    }

    private static String quoted(String name) {
        return isName(name) ? name : "'" + name + "'";
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches() && !WORDS.contains(name);
    }

    private static boolean isQuotable(String name) {
        return name.indexOf('\'') < 0 && name.indexOf('\\') < 0 && name.chars().noneMatch(Character::isISOControl);
    }
}
