package io.datalifecycle.dlt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the meters count, and that there is an end of them. */
final class DltMetersTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration TOOK = Duration.ofMillis(250);
    private static final Template TEMPLATE = Template.define(
            "metered",
            "1.0.0",
            t -> t.datastore(
                    "readings", d -> d.time("ts").field("ts", Field.timestamp().required())));

    private Instant now = NOW;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, new Clock() {
        @Override
        public long wallTime() {
            return now.toEpochMilli();
        }

        @Override
        public long monotonicTime() {
            return TimeUnit.MILLISECONDS.toNanos(now.toEpochMilli());
        }
    });
    private final DltMeters meters = new DltMeters(registry);

    private static WorkspaceContext workspace(String key) {
        return new WorkspaceContext(
                new WorkspaceId(1),
                key,
                new TemplateId("metered", "1.0.0", "0".repeat(64)),
                TEMPLATE,
                Map.of(),
                ZoneOffset.UTC,
                "main");
    }

    private double rows(String workspace, String outcome) {
        return registry.get("dlt.ingest.rows")
                .tags("workspace", workspace, "store", "readings", "outcome", outcome)
                .counter()
                .count();
    }

    private double lag() {
        return registry.get("dlt.ingest.lag")
                .tags("workspace", "north", "store", "readings")
                .gauge()
                .value();
    }

    private void everything() {
        WorkspaceContext north = workspace("north");
        meters.onIngest(north, "readings", 7, 2, 1, TOOK);
        meters.onNewest(north, "readings", NOW.minusSeconds(90));
        meters.onCorrect(north, "readings", 4, 3, TOOK);
        meters.onFetch(north, "gateway", 10, TOOK);
        meters.onRefresh(north, "hourly", 3, 1, TOOK);
        meters.onFresh(north, "hourly", NOW.minusSeconds(600));
        meters.onFresh(north, "hourly", NOW.minusSeconds(300));
        meters.onTrain(north, "pump", 1, TOOK);
        meters.onScore(north, "pump", 5, TOOK);
        meters.onMetric(north, "mean", TOOK);
        meters.onDelivery(north, "mail", false, TOOK);
        meters.onJobFailed(north, "refresh", "hourly", new IllegalStateException("no"));
        meters.onJobSlow(north, "train", "forest", Duration.ofHours(2));
    }

    @Test
    void rowsAreCountedByWhatBecameOfThem() {
        everything();
        everything();
        assertThat(rows("north", "accepted")).isEqualTo(14);
        assertThat(rows("north", "duplicate")).isEqualTo(4);
        assertThat(rows("north", "rejected")).isEqualTo(2);
        assertThat(registry.get("dlt.fetch.rows")
                        .tag("connector", "gateway")
                        .counter()
                        .count())
                .isEqualTo(20);
        assertThat(registry.get("dlt.correct.rows")
                        .tags("store", "readings", "outcome", "changed")
                        .counter()
                        .count())
                .isEqualTo(8);
        assertThat(registry.get("dlt.correct.rows")
                        .tags("store", "readings", "outcome", "deleted")
                        .counter()
                        .count())
                .isEqualTo(6);
        assertThat(registry.get("dlt.refresh.rows")
                        .tag("outcome", "written")
                        .counter()
                        .count())
                .isEqualTo(6);
        assertThat(registry.get("dlt.feature.lag")
                        .tag("store", "hourly")
                        .gauge()
                        .value())
                .isEqualTo(300);
        assertThat(registry.get("dlt.job.failures")
                        .tag("item", "hourly")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("dlt.job.slow")
                        .tags("kind", "train", "item", "forest")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aCheckShowsWhatItFoundLast() {
        meters.onCheck(workspace("north"), "hourly", "no_gaps", 12);
        assertThat(failed()).isEqualTo(12);
        meters.onCheck(workspace("north"), "hourly", "no_gaps", 0);
        assertThat(failed()).isZero();
    }

    private double failed() {
        return registry.get("dlt.check.failed")
                .tags("workspace", "north", "store", "hourly", "check", "no_gaps")
                .gauge()
                .value();
    }

    @Test
    void whatTakesTimeHasATimer() {
        everything();
        for (String timer : Set.of(
                "dlt.ingest",
                "dlt.correct",
                "dlt.fetch",
                "dlt.refresh",
                "dlt.train",
                "dlt.score",
                "dlt.metric",
                "dlt.delivery")) {
            assertThat(registry.get(timer).tag("workspace", "north").timer().totalTime(TimeUnit.MILLISECONDS))
                    .as(timer)
                    .isEqualTo(250);
        }
    }

    @Test
    void theLagGrowsWithTimeAndFallsWithNewerRowsOnly() {
        everything();
        assertThat(lag()).isEqualTo(90);
        now = NOW.plusSeconds(10);
        assertThat(lag()).isEqualTo(100);
        meters.onNewest(workspace("north"), "readings", NOW.minusSeconds(3_600));
        assertThat(lag()).as("after a late row").isEqualTo(100);
        meters.onNewest(workspace("north"), "readings", NOW);
        assertThat(lag()).isEqualTo(10);
        meters.onNewest(workspace("north"), "readings", NOW.plusSeconds(60));
        assertThat(lag()).as("after a row of the future").isZero();
    }

    @Test
    void theNumberOfMetersHasAnEnd() {
        for (int i = 0; i < DltMeters.MOST_WORKSPACES + 500; i++) {
            meters.onIngest(workspace("w" + i), "readings", 1, 0, 0, TOOK);
            meters.onNewest(workspace("w" + i), "readings", NOW);
        }
        Set<String> workspaces = registry.getMeters().stream()
                .map(meter -> meter.getId().getTag("workspace"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(workspaces).hasSize(DltMeters.MOST_WORKSPACES + 1).contains(DltMeters.OTHER);
        assertThat(rows(DltMeters.OTHER, "accepted")).isEqualTo(500);
        assertThat(rows("w999", "accepted")).isEqualTo(1);
        assertThat(registry.find("dlt.ingest.lag")
                        .tag("workspace", DltMeters.OTHER)
                        .gauge())
                .isNull();
    }

    @Test
    void theTableInTheDocsNamesEveryMeterAndItsTags() throws IOException {
        everything();
        String docs = Files.readString(Path.of("../docs/operations.md"));
        for (Meter meter : registry.getMeters()) {
            String tags = meter.getId().getTags().stream()
                    .map(Tag::getKey)
                    .filter(key -> !key.equals("workspace"))
                    .map(key -> "`" + key + "`")
                    .collect(Collectors.joining(", "));
            assertThat(docs.lines())
                    .as("%s with %s", meter.getId().getName(), tags)
                    .anyMatch(line -> line.startsWith("| `" + meter.getId().getName() + "` |") && line.contains(tags));
        }
    }
}
