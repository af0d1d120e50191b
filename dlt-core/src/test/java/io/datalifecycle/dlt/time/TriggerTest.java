package io.datalifecycle.dlt.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TriggerTest {

    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"*/10 * * * *", "30 2 * * *", "0 7 * * MON", "0 0 29 2 *", "*/5 8-9 1 * *", "every PT7M"})
    void theLatestIsTheLastThatGoingOneByOneFinds(String schedule) {
        Trigger trigger = schedule.startsWith("every ")
                ? Trigger.every(Duration.parse(schedule.substring(6)))
                : Trigger.cron(schedule, ZoneId.of("America/Chicago"));
        Random random = new Random(4711);
        for (int i = 0; i < 12; i++) {
            Instant from =
                    trigger.next(MARCH.plusSeconds(random.nextInt(3_000_000))).orElseThrow();
            Instant now = from.plusSeconds(random.nextInt(i % 2 == 0 ? 20_000 : 2_000_000));
            Instant expected = from;
            for (Optional<Instant> run = trigger.next(from);
                    run.isPresent() && !run.get().isAfter(now);
                    run = trigger.next(run.get())) {
                expected = run.get();
            }
            assertThat(trigger.latest(from, now))
                    .as(schedule + " from " + from + " to " + now)
                    .isEqualTo(expected);
        }
    }

    @Test
    void theLatestIsNeverBeforeTheStart() {
        Trigger daily = Trigger.cron("0 3 * * *", ZoneId.of("Europe/Berlin"));

        assertThat(daily.latest(MARCH, MARCH.minusSeconds(86_400))).isEqualTo(MARCH);
        assertThat(Trigger.every(Duration.ofHours(1)).latest(MARCH.plusSeconds(60), MARCH.plusSeconds(120)))
                .isEqualTo(MARCH.plusSeconds(60));
    }

    @Test
    void theTextIsThePatternOrTheInterval() {
        assertThat(Trigger.cron("@daily", ZoneId.of("Europe/Berlin")).text()).isEqualTo("@daily");
        assertThat(Trigger.every(Duration.ofMinutes(10)).text()).isEqualTo("every PT10M");
    }
}
