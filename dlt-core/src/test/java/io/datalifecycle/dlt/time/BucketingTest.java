package io.datalifecycle.dlt.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketingTest {

    private static final List<TemporalAmount> WIDTHS = List.of(
            Duration.ofMinutes(7),
            Duration.ofDays(1),
            Period.ofDays(1),
            Period.ofDays(7),
            Period.ofMonths(1),
            Period.ofYears(1));

    /** Among them clocks that go back across midnight (St_Johns), skip it (Sao_Paulo, Havana) or skip a day (Apia). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "America/Chicago",
                "Australia/Lord_Howe",
                "America/Sao_Paulo",
                "Asia/Kathmandu",
                "America/Havana",
                "America/St_Johns",
                "Pacific/Apia",
                "Africa/Casablanca"
            })
    void everyInstantAroundAChangeOfTheClocksLiesInItsBucketAndBucketsMeet(String name) {
        ZoneId zone = ZoneId.of(name);
        Instant at = Instant.parse("1970-06-01T00:00:00Z");
        for (int change = 0; change < 150; change++) {
            ZoneOffsetTransition transition = zone.getRules().nextTransition(at);
            at = transition == null ? at.plus(Duration.ofDays(100)) : transition.getInstant();
            for (TemporalAmount every : WIDTHS) {
                Bucketing bucketing = Bucketing.of(every, zone);
                for (int minutes = -1_600; minutes <= 1_600; minutes += 59) {
                    Instant instant = at.plus(Duration.ofMinutes(minutes));
                    TimeRange bucket = bucketing.bucketOf(instant);
                    assertThat(bucket.contains(instant))
                            .as(instant + " in " + bucket)
                            .isTrue();
                    assertThat(bucketing.bucketOf(bucket.from())).isEqualTo(bucket);
                    assertThat(bucketing.bucketOf(bucket.to().minusNanos(1))).isEqualTo(bucket);
                    assertThat(bucketing.bucketOf(bucket.to()).from()).isEqualTo(bucket.to());
                }
            }
        }
    }
}
