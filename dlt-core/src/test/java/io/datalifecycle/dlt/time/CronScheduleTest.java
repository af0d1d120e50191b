package io.datalifecycle.dlt.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {

    /** Pattern, zone, start, and the runs that follow; the clock changes in most of them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // a time of day within the gap runs once right after it, on the repeated hour once
                "30 2 * * *|Europe/Berlin|2026-03-28T12:00:00Z|2026-03-29T01:00:00Z 2026-03-30T00:30:00Z",
                "0,15,30 2 * * *|Europe/Berlin|2026-03-28T12:00:00Z|2026-03-29T01:00:00Z 2026-03-30T00:00:00Z",
                "30 2 * * *|Europe/Berlin|2026-10-24T12:00:00Z|2026-10-25T00:30:00Z 2026-10-26T01:30:00Z",
                "30 2,3 * * *|Europe/Berlin|2026-03-28T12:00:00Z|2026-03-29T01:00:00Z 2026-03-29T01:30:00Z 2026-03-30T00:30:00Z",
                "0 2,3 * * *|Europe/Berlin|2026-03-28T12:00:00Z|2026-03-29T01:00:00Z 2026-03-30T00:00:00Z 2026-03-30T01:00:00Z",
                "0 3 * * *|Europe/Berlin|2026-10-25T00:30:00Z|2026-10-25T02:00:00Z 2026-10-26T02:00:00Z",
                "30 2 * * *|Europe/Berlin|2026-10-25T00:45:00Z|2026-10-26T01:30:00Z",
                "30 2 * * *|Europe/Berlin|2026-10-25T01:15:00Z|2026-10-26T01:30:00Z",
                "30 1 * * *|America/Chicago|2026-10-31T12:00:00Z|2026-11-01T06:30:00Z 2026-11-02T07:30:00Z",
                "15 2 * * *|America/Chicago|2026-03-07T12:00:00Z|2026-03-08T08:00:00Z 2026-03-09T07:15:00Z",
                "0 7 * * MON|America/Chicago|2026-03-02T12:00:00Z|2026-03-02T13:00:00Z 2026-03-09T12:00:00Z",
                // half an hour is put, at Lord Howe
                "15 2 * * *|Australia/Lord_Howe|2026-10-02T16:00:00Z|2026-10-03T15:30:00Z 2026-10-04T15:15:00Z",
                "45 1 * * *|Australia/Lord_Howe|2026-04-03T15:00:00Z|2026-04-04T14:45:00Z 2026-04-05T15:15:00Z",
                // every hour follows real time on both days
                "@hourly|Europe/Berlin|2026-03-28T23:30:00Z|2026-03-29T00:00:00Z 2026-03-29T01:00:00Z 2026-03-29T02:00:00Z",
                "@hourly|Europe/Berlin|2026-10-24T23:30:00Z|2026-10-25T00:00:00Z 2026-10-25T01:00:00Z 2026-10-25T02:00:00Z",
                "30 * * * *|Europe/Berlin|2026-03-29T00:00:00Z|2026-03-29T00:30:00Z 2026-03-29T01:30:00Z",
                "*/30 * * * *|Europe/Berlin|2026-10-25T00:29:00Z|2026-10-25T00:30:00Z 2026-10-25T01:00:00Z 2026-10-25T01:30:00Z 2026-10-25T02:00:00Z",
                "*/10 * * * *|Australia/Lord_Howe|2026-10-03T15:19:00Z|2026-10-03T15:20:00Z 2026-10-03T15:30:00Z 2026-10-03T15:40:00Z",
                // both days restricted: either is enough; Sunday is 0 and 7
                "0 0 13 * 5|UTC|2026-02-12T00:00:00Z|2026-02-13T00:00:00Z 2026-02-20T00:00:00Z",
                "0 0 * * 7|UTC|2026-01-01T00:00:00Z|2026-01-04T00:00:00Z",
                "0 0 * * 0|UTC|2026-01-01T00:00:00Z|2026-01-04T00:00:00Z",
                "0 0 * * SUN|UTC|2026-01-01T00:00:00Z|2026-01-04T00:00:00Z",
                "0 0 L * *|UTC|2026-02-01T00:00:00Z|2026-02-28T00:00:00Z 2026-03-31T00:00:00Z",
                "0 0 * * MON#1|UTC|2026-02-03T00:00:00Z|2026-03-02T00:00:00Z",
                // seconds, names, leap days, exact instants are exclusive
                "*/20 * * * * *|UTC|2026-01-01T00:00:01Z|2026-01-01T00:00:20Z 2026-01-01T00:00:40Z 2026-01-01T00:01:00Z",
                "0 0 3 ? * MON-FRI|UTC|2026-01-02T03:00:00Z|2026-01-05T03:00:00Z",
                "@daily|Asia/Kolkata|2026-01-01T00:00:00Z|2026-01-01T18:30:00Z",
                "@weekly|UTC|2026-01-01T00:00:00Z|2026-01-04T00:00:00Z",
                "@monthly|UTC|2026-01-01T00:00:00Z|2026-02-01T00:00:00Z",
                "@yearly|UTC|2026-01-01T00:00:00Z|2027-01-01T00:00:00Z",
                "0 0 29 2 *|UTC|2026-01-01T00:00:00Z|2028-02-29T00:00:00Z 2032-02-29T00:00:00Z",
                "0 * * * *|UTC|2026-01-01T00:00:00.999Z|2026-01-01T01:00:00Z",
            })
    void runsAt(String pattern, String zone, Instant after, String runs) {
        List<Instant> expected =
                List.of(runs.split(" ")).stream().map(Instant::parse).toList();

        assertThat(next(CronSchedule.parse(pattern, ZoneId.of(zone)), after, expected.size()))
                .isEqualTo(expected);
    }

    @Test
    void aDateThatNeverComesHasNoRun() {
        assertThat(CronSchedule.parse("0 0 30 2 *", ZoneId.of("Europe/Berlin"))
                        .next(Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "*/0 * * * *",
                "5-1 * * * *",
                "* * * * funday",
                "@never",
                "a b c d e",
                "0 0 ? * ?x",
            })
    void refusesWhatIsNoPattern(String pattern) {
        assertThatThrownBy(() -> CronSchedule.parse(pattern, ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cron: ");
    }

    static List<Instant> next(CronSchedule schedule, Instant after, int count) {
        List<Instant> runs = new ArrayList<>();
        Instant at = after;
        while (runs.size() < count) {
            var run = schedule.next(at);
            if (run.isEmpty()) {
                break;
            }
            at = run.get();
            runs.add(at);
        }
        return runs;
    }
}
