package io.datalifecycle.dlt.schedule.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.schedule.JobKind;
import io.datalifecycle.dlt.time.Trigger;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SpreadTest {

    private static final Trigger TEN_MINUTES = Trigger.cron("*/10 * * * *", ZoneId.of("America/Chicago"));
    private final Spread spread = new Spread(Duration.ofSeconds(30));

    private Duration offset(long workspace, Trigger trigger) {
        return spread.offset(new WorkspaceId(workspace), JobKind.REFRESH, "pump_10min", trigger);
    }

    @Test
    void aThousandWorkspacesFillTheWindowEvenly() {
        int[] bySecond = new int[30];
        LongStream.rangeClosed(1, 1_000)
                .forEach(id ->
                        bySecond[(int) Math.min(29, offset(id, TEN_MINUTES).toSeconds())]++);

        // 33 a second on average
        assertThat(Arrays.stream(bySecond).boxed())
                .allSatisfy(n -> assertThat(n).isBetween(12, 60));
    }

    @Test
    void theOffsetStaysTheSameAndDiffersFromItemToItem() {
        WorkspaceId one = new WorkspaceId(1);

        assertThat(new Spread(Duration.ofSeconds(30)).offset(one, JobKind.REFRESH, "pump_10min", TEN_MINUTES))
                .as("other nodes and later days compute the same")
                .isEqualTo(offset(1, TEN_MINUTES))
                .isEqualTo(Duration.ofMillis(18_677));
        assertThat(spread.offset(one, JobKind.REFRESH, "pump_1h", TEN_MINUTES)).isNotEqualTo(offset(1, TEN_MINUTES));
        assertThat(spread.offset(one, JobKind.SCORE, "pump_10min", TEN_MINUTES)).isNotEqualTo(offset(1, TEN_MINUTES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *|PT6S",
                "*/10 * * * * *|PT1S",
                "0,1 * * * *|PT6S",
                "0 7 * * MON|PT30S",
                "0 0 29 2 *|PT30S",
                "30 2 * * *|PT30S"
            })
    void theOffsetIsAtMostATenthOfTheShortestDistanceOfRuns(String cron, Duration most) {
        Trigger trigger = Trigger.cron(cron, ZoneId.of("Europe/Berlin"));

        assertThat(LongStream.rangeClosed(1, 300).mapToObj(id -> offset(id, trigger)))
                .allSatisfy(offset -> assertThat(offset).isBetween(Duration.ZERO, most))
                .anySatisfy(offset -> assertThat(offset).isGreaterThan(most.dividedBy(2)));
    }

    @Test
    void intervalsAreSpreadOverATenthOfThemselves() {
        assertThat(LongStream.rangeClosed(1, 300).mapToObj(id -> offset(id, Trigger.every(Duration.ofSeconds(10)))))
                .allSatisfy(offset -> assertThat(offset).isBetween(Duration.ZERO, Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @EnumSource
    void reportsAndMessagesBeginOnTime(JobKind kind) {
        boolean anyOffset = LongStream.rangeClosed(1, 20)
                .mapToObj(id -> spread.offset(new WorkspaceId(id), kind, "x", Trigger.every(Duration.ofMinutes(10))))
                .anyMatch(offset -> !offset.isZero());

        assertThat(anyOffset).isEqualTo(kind != JobKind.REPORT && kind != JobKind.DELIVER);
    }

    @Test
    void noWindowIsNoOffset() {
        assertThat(new Spread(Duration.ZERO).offset(new WorkspaceId(7), JobKind.REFRESH, "x", TEN_MINUTES))
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void aScheduleThatFiresOnceOrNeverAgainHasAnOffsetAllTheSame() {
        Trigger rare = Trigger.cron("0 0 1 1 *", ZoneOffset.UTC);

        assertThat(offset(3, rare)).isBetween(Duration.ZERO, Duration.ofSeconds(30));
    }
}
