package io.datalifecycle.dlt.notify.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicksTest {

    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

    @Test
    void scaleEndsOnRoundNumbersAroundTheValues() {
        Ticks.Scale scale = Ticks.numbers(3.1, 9.7, 5);

        assertThat(scale.min()).isEqualTo(2);
        assertThat(scale.max()).isEqualTo(10);
        assertThat(scale.ticks()).extracting(Ticks.Tick::label).containsExactly("2", "4", "6", "8", "10");
    }

    @Test
    void equalValuesStillMakeAScale() {
        Ticks.Scale scale = Ticks.numbers(5, 5, 4);

        assertThat(scale.min()).isLessThan(5);
        assertThat(scale.max()).isGreaterThan(5);
        assertThat(Ticks.numbers(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 4)
                        .ticks())
                .isNotEmpty();
    }

    @Test
    void daysBeginAtMidnightOfTheZoneAlsoAfterTheClockWasPutForward() {
        List<Ticks.Tick> ticks =
                Ticks.times(Instant.parse("2026-03-07T12:00:00Z"), Instant.parse("2026-03-10T12:00:00Z"), CHICAGO, 5);

        assertThat(ticks)
                .extracting(tick -> Instant.ofEpochMilli((long) tick.at()))
                .containsExactly(
                        Instant.parse("2026-03-08T06:00:00Z"),
                        Instant.parse("2026-03-09T05:00:00Z"),
                        Instant.parse("2026-03-10T05:00:00Z"));
        assertThat(ticks).extracting(Ticks.Tick::label).containsExactly("Mar 8", "Mar 9", "Mar 10");
    }

    @Test
    void hourThatTheClockLeapsOverHasNoMark() {
        List<Ticks.Tick> ticks =
                Ticks.times(Instant.parse("2026-03-08T06:00:00Z"), Instant.parse("2026-03-08T10:00:00Z"), CHICAGO, 6);

        assertThat(ticks).extracting(Ticks.Tick::label).containsExactly("Mar 8", "01:00", "03:00", "04:00", "05:00");
    }

    @Test
    void yearsAndSecondsHaveTheirOwnMarks() {
        assertThat(Ticks.times(
                        Instant.parse("2024-01-01T00:00:00Z"),
                        Instant.parse("2026-12-31T00:00:00Z"),
                        ZoneId.of("UTC"),
                        8))
                .extracting(Ticks.Tick::label)
                .containsExactly("Jan 2024", "Jul 2024", "Jan 2025", "Jul 2025", "Jan 2026", "Jul 2026");
        assertThat(Ticks.times(
                        Instant.parse("2026-01-01T10:00:00Z"),
                        Instant.parse("2026-01-01T10:00:20Z"),
                        ZoneId.of("UTC"),
                        5))
                .extracting(Ticks.Tick::label)
                .containsExactly("10:00:00", "10:00:05", "10:00:10", "10:00:15", "10:00:20");
    }
}
