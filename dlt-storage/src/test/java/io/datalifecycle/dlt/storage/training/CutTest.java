package io.datalifecycle.dlt.storage.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rows may be seen, at the very edges and over the days on which clocks are put. */
class CutTest {

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,       2026-03-29T01:00:00Z",
        "Europe/Berlin,       2026-10-25T01:00:00Z",
        "America/Chicago,     2026-03-08T08:00:00Z",
        "America/Chicago,     2026-11-01T07:00:00Z",
        "Australia/Lord_Howe, 2026-04-04T15:00:00Z",
        "America/St_Johns,    2006-10-29T02:31:00Z",
        "Asia/Kathmandu,      1985-12-31T18:30:00Z"
    })
    void boundsSayWhatTheDefinitionSays(String zone, Instant change) {
        Random random = new Random(7);
        List<TemporalAmount> widths =
                List.of(Period.ofDays(1), Period.ofDays(7), Period.ofMonths(1), Duration.ofMinutes(45));
        for (TemporalAmount width : widths) {
            Bucketing bucketing = Bucketing.of(width, ZoneId.of(zone));
            for (int i = 0; i < 2_000; i++) {
                Duration within = Duration.ofMinutes(15L * (1 + random.nextInt(400)));
                Cut cut = new Cut(Optional.of(bucketing), Optional.of(within));
                Instant at = near(random, change);
                TimeRange bucket = bucketing.bucketOf(near(random, change));
                boolean seen = !bucket.to().isAfter(at) && bucket.to().isAfter(at.minus(within));
                long row = RowBatch.microsOf(bucket.from());
                assertThat(row < cut.upper(RowBatch.microsOf(at)) && row >= cut.lower(RowBatch.microsOf(at)))
                        .as(width + " " + bucket + " at " + at + " within " + within)
                        .isEqualTo(seen);
                assertThat(cut.knownFrom(row)).isEqualTo(RowBatch.microsOf(bucket.to()));
            }
        }
    }

    private static Instant near(Random random, Instant change) {
        Instant at = change.plus(Duration.ofMinutes(15L * (random.nextInt(800) - 400)));
        return random.nextInt(3) == 0 ? at.minusNanos(1_000) : at;
    }

    @Test
    void rowsOfAnInstantAreSeenFromItUntilTheyAreTooOld() {
        Cut cut = new Cut(Optional.empty(), Optional.of(Duration.ofNanos(2_500)));
        assertThat(cut.upper(100)).isEqualTo(101);
        assertThat(cut.lower(100)).as("older than 97.5 µs").isEqualTo(98);
        assertThat(cut.knownFrom(100)).isEqualTo(100);
    }

    @Test
    void anAgeLongerThanAllTimeIsAnyAge() {
        Cut cut = new Cut(Optional.empty(), Optional.of(Duration.ofSeconds(Long.MAX_VALUE)));
        assertThat(RowBatch.instantOf(cut.lower(0))).isBefore(Instant.parse("0001-01-01T00:00:00Z"));
    }
}
