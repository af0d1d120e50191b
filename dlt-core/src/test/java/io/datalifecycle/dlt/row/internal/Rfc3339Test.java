package io.datalifecycle.dlt.row.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.row.RowBatch;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    private static long micros(String text) {
        return Rfc3339.micros(text.toCharArray(), 0, text.length());
    }

    private static String lenient(String text, String zone) {
        long micros =
                Rfc3339.lenientMicros(text.toCharArray(), 0, text.length(), zone.isEmpty() ? null : ZoneId.of(zone));
        return micros == Rfc3339.MALFORMED
                ? "malformed"
                : RowBatch.instantOf(micros).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T08:30:00Z,             2026-03-01T08:30:00Z",
        "2026-03-01t08:30:00z,             2026-03-01T08:30:00Z",
        "2026-03-01T08:30:00.5+02:00,      2026-03-01T06:30:00.500Z",
        "2026-03-01T00:30:00-23:59,        2026-03-02T00:29:00Z",
        "2024-02-29T00:00:00Z,             2024-02-29T00:00:00Z",
        "2026-03-01T08:30:00.1234569Z,     2026-03-01T08:30:00.123456Z",
        "2026-03-01T08:59:59.9999999999Z,  2026-03-01T08:59:59.999999Z",
        "1998-12-31T23:59:60Z,             1999-01-01T00:00:00Z",
        "1998-12-31T15:59:60.123-08:00,    1999-01-01T00:00:00.123Z",
        "0001-01-01T00:00:00Z,             0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z,      9999-12-31T23:59:59.999999Z",
        "1969-12-31T23:59:59.000001Z,      1969-12-31T23:59:59.000001Z"
    })
    void readsTimes(String text, Instant expected) {
        assertThat(RowBatch.instantOf(micros(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-03-01",
                "2026-03-01T08:30:00",
                "2026-03-01 08:30:00Z",
                "2026-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-03-01T24:00:00Z",
                "2026-03-01T08:60:00Z",
                "2026-03-01T08:30:61Z",
                "1998-12-31T22:59:60Z",
                "2026-03-01T08:30:00.Z",
                "2026-03-01T08:30:00+0100",
                "2026-03-01T08:30:00+24:00",
                "2026-03-01T08:30:00+01:60",
                "2026-03-01T08:30:00ZZ",
                "2026-03-01T08:30Z",
                "26-03-01T08:30:00Z",
                "+2026-03-01T08:30:00Z",
                "2026-03-01T08:30:00\u0660Z",
                "2026-03-0\u0661T08:30:00Z"
            })
    void refusesEverythingElse(String text) {
        assertThat(micros(text)).isEqualTo(Rfc3339.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-12-31T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"})
    void tellsTimesThatNoDatabaseHolds(String text) {
        assertThat(micros(text)).isEqualTo(Rfc3339.OUT_OF_RANGE);
    }

    @ParameterizedTest
    @CsvSource({
        "2020-03-09 10:14:33,        UTC,              2020-03-09T10:14:33Z",
        "2020-03-09 10:14:33,        Europe/Berlin,    2020-03-09T09:14:33Z",
        "2020-03-09T10:14,           America/Chicago,  2020-03-09T15:14:00Z",
        "2020-03-09 10:14:33+0100,   America/Chicago,  2020-03-09T09:14:33Z",
        "2020-03-09 10:14:33+01,     '',               2020-03-09T09:14:33Z",
        "2020-03-09 10:14:33,        '',               malformed",
        // the hour that does not exist moves forward by the gap
        "2026-03-29 02:30:00,        Europe/Berlin,    2026-03-29T01:30:00Z",
        // of the hour that comes twice the first is meant
        "2026-10-25 02:30:00,        Europe/Berlin,    2026-10-25T00:30:00Z"
    })
    void readsTimesOfOtherMakers(String text, String zone, String expected) {
        assertThat(lenient(text, zone)).isEqualTo(expected);
    }

    @Test
    void agreesWithTheJdkOnRandomTimes() {
        Random random = new Random(20261);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(-62_135_500_000L, 253_402_200_000L), random.nextInt(1_000_000) * 1_000L);
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(random.nextInt(-1_080, 1_081) * 60);
            String text = OffsetDateTime.ofInstant(instant, offset).toString();
            if (text.length() > 16
                    && text.charAt(16) == ':'
                    && Character.isDigit(text.charAt(0))
                    && !text.startsWith("0000")) {
                assertThat(micros(text)).as(text).isEqualTo(RowBatch.microsOf(instant));
            }
        }
    }

    @Test
    void readsDates() {
        for (LocalDate day = LocalDate.of(1, 1, 1); day.getYear() < 10_000; day = day.plusDays(97)) {
            String text = day.toString();
            assertThat(Rfc3339.days(text.toCharArray(), 0, text.length()))
                    .as(text)
                    .isEqualTo(day.toEpochDay());
        }
        assertThat(Rfc3339.days("2026-02-29".toCharArray(), 0, 10)).isEqualTo(Rfc3339.MALFORMED);
        assertThat(Rfc3339.days("0000-02-28".toCharArray(), 0, 10)).isEqualTo(Rfc3339.OUT_OF_RANGE);
    }
}
