package io.datalifecycle.dlt.proposal;

import io.datalifecycle.dlt.time.TimePattern;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** What a text can be read as, by the rules that ingestion has. */
final class Values {

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,60}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3})?");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern PADDED = Pattern.compile("[+-]?0\\d.*");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern STRICT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");
    private static final Pattern LENIENT = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?([Zz]|[+-]\\d\\d(:?\\d\\d)?)?");
    private static final Pattern OFFSET = Pattern.compile(".*([Zz]|[+-]\\d\\d(:?\\d\\d)?)");

    private Values() {}

    static boolean isNumber(String text, boolean comma) {
        String number = comma ? text.strip().replace(',', '.') : text.strip();
        if (!NUMBER.matcher(number).matches()) {
            return false;
        }
        BigDecimal exact = new BigDecimal(number);
        return isStorable(exact);
    }

    /** Whether a double precision column takes it. */
    static boolean isStorable(BigDecimal exact) {
        double near = exact.doubleValue();
        long exponent = (long) exact.precision() - exact.scale() - 1;
        return exact.signum() == 0 || (Double.isFinite(near) && near != 0 && Math.abs(exponent) <= 308);
    }

    static boolean isWhole(String text) {
        return WHOLE.matcher(text.strip()).matches();
    }

    /** Whether leading zeros would be lost if it were taken for a number. */
    static boolean isPadded(String text) {
        return PADDED.matcher(text.strip()).matches() && isWhole(text);
    }

    static boolean isBoolean(String text) {
        String word = text.strip();
        return word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false");
    }

    static boolean isUuid(String text) {
        return UUID.matcher(text).matches();
    }

    static boolean isDate(String text) {
        return DATE.matcher(text).matches() && isIso(text);
    }

    /** @param lenient whether a blank for the T and a missing offset will do, as in CSV */
    static boolean isDateTime(String text, boolean lenient) {
        return (lenient ? LENIENT : STRICT).matcher(text).matches() && isIso(text);
    }

    static boolean hasOffset(String text) {
        return text.length() > DATE_LENGTH
                && OFFSET.matcher(text.substring(DATE_LENGTH)).matches();
    }

    private static final int DATE_LENGTH = 10;

    private static boolean isIso(String text) {
        return TimePattern.of(TimePattern.ISO).read(text, ZoneOffset.UTC).isPresent();
    }
}
