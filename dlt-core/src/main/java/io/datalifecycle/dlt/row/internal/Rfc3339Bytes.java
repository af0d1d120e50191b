package io.datalifecycle.dlt.row.internal;

/** As {@link Rfc3339}, from bytes of ASCII, for what nearly all sources write: times in UTC with a Z. */
final class Rfc3339Bytes {

    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;
    private static final int DAY = 86_400;
    private static final long MICROS = 1_000_000L;

    /** {@code 2026-03-01T08:30:00Z}. */
    private static final int SHORTEST = 20;

    private Rfc3339Bytes() {}

    /** Microseconds since the epoch; {@link Rfc3339#MALFORMED} also for what only {@link Rfc3339} understands. */
    static long micros(byte[] b, int from, int end) {
        if (end - from < SHORTEST || b[from + 10] != 'T' || b[end - 1] != 'Z') {
            return Rfc3339.MALFORMED;
        }
        long days = days(b, from);
        int hour = two(b, from + 11);
        int minute = two(b, from + 14);
        int second = two(b, from + 17);
        boolean right = b[from + 13] == ':'
                && b[from + 16] == ':'
                && (hour | minute | second) >= 0
                && hour < 24
                && minute < 60
                && second < 60;
        if (days <= Rfc3339.OUT_OF_RANGE || !right) {
            return Rfc3339.MALFORMED;
        }
        long micros = (days * DAY + hour * HOUR + minute * MINUTE + second) * MICROS;
        if (end - from == SHORTEST) {
            return micros;
        }
        long fraction = b[from + 19] == '.' ? fraction(b, from + 20, end - 1) : -1;
        return fraction < 0 ? Rfc3339.MALFORMED : micros + fraction;
    }

    private static long fraction(byte[] b, int from, int end) {
        long micros = 0;
        for (int i = from; i < end; i++) {
            int digit = b[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            micros = i - from < 6 ? micros * 10 + digit : micros;
        }
        for (int i = end - from; i < 6; i++) {
            micros *= 10;
        }
        return end == from ? -1 : micros;
    }

    /** Days since the epoch of a date in the years 1 to 9999, else {@link Rfc3339#MALFORMED}. */
    static long days(byte[] b, int from) {
        int century = two(b, from);
        int yearOfCentury = two(b, from + 2);
        int month = two(b, from + 5);
        int day = two(b, from + 8);
        if ((century | yearOfCentury | month | day) < 0 || b[from + 4] != '-' || b[from + 7] != '-') {
            return Rfc3339.MALFORMED;
        }
        int year = century * 100 + yearOfCentury;
        boolean right = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= Rfc3339.daysIn(year, month);
        return right ? Rfc3339.epochDay(year, month, day) : Rfc3339.MALFORMED;
    }

    private static int two(byte[] b, int at) {
        int high = b[at] - '0';
        int low = b[at + 1] - '0';
        return high < 0 || high > 9 || low < 0 || low > 9 ? -1 : high * 10 + low;
    }
}
