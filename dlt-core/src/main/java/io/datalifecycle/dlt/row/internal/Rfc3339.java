package io.datalifecycle.dlt.row.internal;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Date-times and dates by RFC 3339, read by hand: a formatter of the JDK costs more than all the rest of a row. Finer than
 * microseconds is cut off, never rounded up, because a rounded time may land in the next bucket.
 */
final class Rfc3339 {

    /** The text is no date-time. */
    static final long MALFORMED = Long.MIN_VALUE;

    /** The text is a date-time outside of the years 1 to 9999. */
    static final long OUT_OF_RANGE = Long.MIN_VALUE + 1;

    /** 0001-01-01T00:00:00Z in microseconds. */
    static final long FIRST = -62_135_596_800_000_000L;

    /** 9999-12-31T23:59:59.999999Z in microseconds. */
    static final long LAST = 253_402_300_799_999_999L;

    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;
    private static final int DAY = 86_400;
    private static final long MICROS = 1_000_000L;

    private Rfc3339() {}

    /** Microseconds since the epoch, {@link #MALFORMED} or {@link #OUT_OF_RANGE}. Exactly the grammar: date, T, time, offset. */
    static long micros(char[] c, int from, int length) {
        if (length < 20 || (c[from + 10] | 0x20) != 't') {
            return MALFORMED;
        }
        return micros(c, from, length, null, false);
    }

    /**
     * The same for files of other makers: a blank may stand for the T, seconds and the offset may be missing, the offset may be
     * {@code +0100} or {@code +01}. Without an offset the time is local in {@code zone}; in a gap of daylight saving it moves
     * forward by the gap, in an overlap it is the earlier one. Without a zone it is malformed.
     */
    static long lenientMicros(char[] c, int from, int length, @Nullable ZoneId zone) {
        if (length < 16 || ((c[from + 10] | 0x20) != 't' && c[from + 10] != ' ')) {
            return MALFORMED;
        }
        return micros(c, from, length, zone, true);
    }

    /** Days since the epoch, {@link #MALFORMED} or {@link #OUT_OF_RANGE}. */
    static long days(char[] c, int from, int length) {
        if (length != 10) {
            return MALFORMED;
        }
        long days = date(c, from);
        return days == MALFORMED ? days : inRange(days * DAY * MICROS) ? days : OUT_OF_RANGE;
    }

    private static long micros(char[] c, int from, int length, @Nullable ZoneId zone, boolean lenient) {
        long days = date(c, from);
        int hour = two(c, from + 11);
        int minute = two(c, from + 14);
        if (days == MALFORMED || hour < 0 || hour > 23 || c[from + 13] != ':' || minute < 0 || minute > 59) {
            return MALFORMED;
        }
        int end = from + length;
        int at = from + 16;
        int second = 0;
        long fraction = 0;
        if (at < end && c[at] == ':') {
            second = at + 3 <= end ? two(c, at + 1) : -1;
            at += 3;
            if (second < 0 || second > 60) {
                return MALFORMED;
            }
            int digits = at < end && c[at] == '.' ? digits(c, at + 1, end) : -1;
            if (digits == 0) {
                return MALFORMED;
            }
            if (digits > 0) {
                fraction = fraction(c, at + 1, digits);
                at += 1 + digits;
            }
        } else if (!lenient) {
            return MALFORMED;
        }
        int offset = at == end ? NONE : offset(c, at, end, lenient);
        if (offset == BAD || (offset == NONE && zone == null)) {
            return MALFORMED;
        }
        long seconds = days * DAY + hour * HOUR + minute * MINUTE + second;
        if (offset == NONE && zone != null) {
            LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, 0, java.time.ZoneOffset.UTC);
            return checked(local.atZone(zone).toEpochSecond(), fraction);
        }
        seconds -= offset;
        // a leap second is the last second of a day in UTC; it is stored as the next one
        if (second == 60 && Math.floorMod(seconds, DAY) != 0) {
            return MALFORMED;
        }
        return checked(seconds, fraction);
    }

    private static long checked(long seconds, long fraction) {
        long micros = seconds * MICROS + fraction;
        return inRange(micros) ? micros : OUT_OF_RANGE;
    }

    private static boolean inRange(long micros) {
        return micros >= FIRST && micros <= LAST;
    }

    private static final int NONE = Integer.MAX_VALUE;
    private static final int BAD = Integer.MIN_VALUE;

    /** Seconds east of UTC, or {@link #BAD}. */
    private static int offset(char[] c, int at, int end, boolean lenient) {
        int left = end - at;
        if ((c[at] | 0x20) == 'z') {
            return left == 1 ? 0 : BAD;
        }
        if (c[at] != '+' && c[at] != '-') {
            return BAD;
        }
        int hour = left >= 3 ? two(c, at + 1) : -1;
        int minute;
        if (left == 6 && c[at + 3] == ':') {
            minute = two(c, at + 4);
        } else if (lenient && left == 5) {
            minute = two(c, at + 3);
        } else {
            minute = lenient && left == 3 ? 0 : -1;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return BAD;
        }
        int seconds = hour * HOUR + minute * MINUTE;
        return c[at] == '+' ? seconds : -seconds;
    }

    private static int digits(char[] c, int at, int end) {
        int n = at;
        while (n < end && c[n] >= '0' && c[n] <= '9') {
            n++;
        }
        return n - at;
    }

    private static long fraction(char[] c, int at, int digits) {
        long micros = 0;
        for (int i = 0; i < 6; i++) {
            micros = micros * 10 + (i < digits ? c[at + i] - '0' : 0);
        }
        return micros;
    }

    private static long date(char[] c, int from) {
        int century = two(c, from);
        int year = two(c, from + 2);
        int month = two(c, from + 5);
        int day = two(c, from + 8);
        if (century < 0 || year < 0 || c[from + 4] != '-' || c[from + 7] != '-' || month < 1 || month > 12 || day < 1) {
            return MALFORMED;
        }
        int full = century * 100 + year;
        return day <= daysIn(full, month) ? epochDay(full, month, day) : MALFORMED;
    }

    static int daysIn(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Days since 1970-01-01 with a year that begins in March, so that the leap day is its last. */
    static long epochDay(int year, int month, int day) {
        long y = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(y, 400L);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

    private static int two(char[] c, int at) {
        int high = c[at] - '0';
        int low = c[at + 1] - '0';
        return high < 0 || high > 9 || low < 0 || low > 9 ? -1 : high * 10 + low;
    }
}
