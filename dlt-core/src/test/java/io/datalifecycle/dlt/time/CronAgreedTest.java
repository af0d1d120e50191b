package io.datalifecycle.dlt.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datalifecycle.dlt.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Next runs on which other cron libraries agree; what falls into a gap differs on purpose. */
class CronAgreedTest {

    @Test
    void agreesWithWhatOthersAgreeOn() throws IOException {
        Optional<Path> file = SharedData.find("cron/agreed.jsonl");
        assumeTrue(file.isPresent(), "shared/data/cron is not beside the repository");
        List<String> different = new ArrayList<>();
        int compared = 0;
        for (String line : Files.readAllLines(file.get())) {
            JsonNode row = JsonMapper.shared().readTree(line);
            if (row.get("expr").asString().trim().split("\\s+").length <= 6) {
                compared++;
                List<String> expected = new ArrayList<>();
                row.get("next").forEach(n -> expected.add(n.asString()));
                List<String> actual = actual(row, expected.size());
                if (!actual.equals(expected)
                        && !withoutGapRuns(row, actual).equals(expected.subList(0, expected.size() - 1))) {
                    different.add(line + " but was " + actual);
                }
            }
        }
        assertThat(compared).isGreaterThan(200);
        assertThat(different).isEmpty();
    }

    /** The others never run a job whose time falls into a gap; we run it right after the gap. */
    private static List<String> withoutGapRuns(JsonNode row, List<String> runs) {
        ZoneId zone = ZoneId.of(row.get("zone").asString());
        return runs.stream()
                .filter(run -> !isAfterGap(Instant.parse(run), zone))
                .toList();
    }

    private static boolean isAfterGap(Instant run, ZoneId zone) {
        ZoneOffsetTransition last = zone.getRules().previousTransition(run.plusNanos(1));
        return last != null && last.isGap() && last.getInstant().equals(run);
    }

    private static List<String> actual(JsonNode row, int count) {
        CronSchedule schedule;
        try {
            schedule = CronSchedule.parse(
                    row.get("expr").asString(), ZoneId.of(row.get("zone").asString()));
        } catch (IllegalArgumentException e) {
            return List.of("INVALID");
        }
        return CronScheduleTest.next(schedule, Instant.parse(row.get("after").asString()), count).stream()
                .map(Instant::toString)
                .toList();
    }
}
