package io.datalifecycle.dlt.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.time.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MisfireTest {

    private static final Trigger HOURLY = Trigger.every(Duration.ofHours(1));
    private static final Instant ONE = Instant.parse("2026-03-01T01:00:00Z");

    @Test
    void afterHoursWithoutANodeEachRuleHasItsOwnInstant() {
        Instant now = Instant.parse("2026-03-01T05:20:00Z");

        assertThat(Misfire.CATCH_UP.scheduledFor(HOURLY, ONE, now)).isEqualTo(ONE);
        assertThat(Misfire.ONCE.scheduledFor(HOURLY, ONE, now)).isEqualTo(Instant.parse("2026-03-01T05:00:00Z"));
        assertThat(Misfire.DROP.scheduledFor(HOURLY, ONE, now)).isEqualTo(now);
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatIsMerelyLateIsNotMissed(Misfire rule) {
        assertThat(rule.scheduledFor(HOURLY, ONE, Instant.parse("2026-03-01T01:59:59Z")))
                .isEqualTo(ONE);
    }

    @ParameterizedTest
    @EnumSource
    void aClockThatWentBackChangesNothing(Misfire rule) {
        assertThat(rule.scheduledFor(HOURLY, ONE, Instant.parse("2026-02-01T00:00:00Z")))
                .isEqualTo(ONE);
    }

    @Test
    void theLatestOfAWeeklyReportIsTheOneOfThisWeek() {
        Trigger mondays = Trigger.cron("0 7 * * MON", ZoneId.of("America/Chicago"));

        // the clocks were set on 8 March
        assertThat(Misfire.ONCE.scheduledFor(
                        mondays, Instant.parse("2026-03-02T13:00:00Z"), Instant.parse("2026-03-18T00:00:00Z")))
                .isEqualTo(Instant.parse("2026-03-16T12:00:00Z"));
    }

    @Test
    void eachKindHasTheRuleThatItsDocumentationNames() {
        Map<Misfire, String> kinds = Arrays.stream(JobKind.values())
                .collect(Collectors.groupingBy(
                        JobKind::misfire, Collectors.mapping(JobKind::label, Collectors.joining(" "))));

        assertThat(kinds)
                .isEqualTo(Map.of(
                        Misfire.CATCH_UP, "refresh score",
                        Misfire.ONCE, "train report deliver maintain",
                        Misfire.DROP, "fetch alert"));
    }

    @Test
    void alertsAndMessagesGoBeforeRefreshesAndThoseBeforeTraining() {
        assertThat(JobKind.ALERT.priority()).isGreaterThan(JobKind.REFRESH.priority());
        assertThat(JobKind.DELIVER.priority())
                .isGreaterThan(JobKind.REPORT.priority())
                .isGreaterThan(JobKind.FETCH.priority())
                .isGreaterThan(JobKind.MAINTAIN.priority());
        assertThat(JobKind.REFRESH.priority()).isGreaterThan(JobKind.TRAIN.priority());
        assertThat(JobKind.SCORE.priority()).isGreaterThan(JobKind.TRAIN.priority());
    }
}
