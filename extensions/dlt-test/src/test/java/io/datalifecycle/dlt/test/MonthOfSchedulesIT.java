package io.datalifecycle.dlt.test;

import static io.datalifecycle.dlt.template.Aggregate.avg;
import static io.datalifecycle.dlt.template.Field.number;
import static io.datalifecycle.dlt.template.Field.timestamp;
import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.template.Template;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class MonthOfSchedulesIT {

    private static final Template HOURLY = Template.define("hourly", "1.0.0", t -> {
        var tank = t.datastore(
                "tank",
                d -> d.time("ts")
                        .naturalKey("ts")
                        .field("ts", timestamp().required())
                        .field("level", number("m")));
        t.featurestore(
                "tank_daily",
                f -> f.rollup(tank, r -> r.every(Duration.ofHours(24)).column("level_avg", avg("level")))
                        .refresh(r -> r.cron("30 2 * * *")));
    });

    @RegisterExtension
    final DltExtension dlt = DltExtension.withTemplate(HOURLY).workspace("north", w -> w.timezone("America/Chicago"));

    @Test
    void everyNightIsDoneOnceAlsoWhenTheClocksAreSet(Workspace north) {
        for (int day = 0; day < 31; day++) {
            north.datastore("tank").ingest(Rows.of(Map.of("ts", dlt.now(), "level", 1.0 + day)));
            // 31 nights at half past two and 24 hours a day of maintenance; on 8 March the clocks skip half past two in
            // Chicago
            assertThat(dlt.advance(Duration.ofDays(1))).as("day " + day).isBetween(24, 26);
        }
        assertThat(north.featurestore("tank_daily").count()).isEqualTo(31);
    }
}
