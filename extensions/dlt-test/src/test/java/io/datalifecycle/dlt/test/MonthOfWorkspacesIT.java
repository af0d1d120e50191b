package io.datalifecycle.dlt.test;

import static io.datalifecycle.dlt.template.Aggregate.avg;
import static io.datalifecycle.dlt.template.Field.email;
import static io.datalifecycle.dlt.template.Field.number;
import static io.datalifecycle.dlt.template.Field.timestamp;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.schedule.JobKind;
import io.datalifecycle.dlt.schedule.NodeRole;
import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A month of the schedules of a hundred workspaces in five zones, planned by the library, run by a clock that is moved. What the jobs do is
 * other tests' matter: here it counts when they are run.
 */
final class MonthOfWorkspacesIT {

    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final int DAYS = 31;
    private static final int WORKSPACES = 100;
    private static final List<String> ZONES =
            List.of("Europe/Berlin", "America/Chicago", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu");

    private static final Template PLANT = Template.define("plant", "1.0.0", t -> {
        var ops = t.channel("ops", c -> c.email(t.parameter("ops", email().defaultsTo("ops@example.test"))));
        var tank = t.datastore(
                "tank",
                d -> d.time("ts")
                        .naturalKey("ts")
                        .field("ts", timestamp().required())
                        .field("level", number("m")));
        var hourly = t.featurestore(
                "tank_hourly",
                f -> f.rollup(tank, r -> r.every(Duration.ofHours(1)).column("level", avg("level")))
                        .refresh(r -> r.cron("7 * * * *")));
        t.featurestore(
                "tank_nightly",
                f -> f.rollup(tank, r -> r.every(Duration.ofHours(1)).column("level", avg("level")))
                        .refresh(r -> r.cron("30 2 * * *")));
        var now = t.metric("level_now", m -> m.latest(hourly, "level"));
        var overview =
                t.dashboard("overview", d -> d.panel("Level", p -> p.stat(now).at(0, 0, 4, 2)));
        t.alert(
                "low",
                a -> a.metric(now)
                        .raise("value < 1")
                        .every(Duration.ofMinutes(15))
                        .sendTo(ops));
        t.report(
                "weekly",
                r -> r.dashboard(overview)
                        .cron("0 7 * * MON")
                        .lastWeek()
                        .inline()
                        .sendTo(ops));
    });

    private record Ran(String kind, String item, Instant scheduledFor) {}

    @Test
    void everyRunOfTheMonthComesOnceAlsoWhenTheClocksAreSet() {
        try (TestDatabase database = TestDatabase.create();
                HikariDataSource pool = pool(database)) {
            MovableClock clock = new MovableClock(MARCH);
            ManualJobQueue queue = new ManualJobQueue(clock);
            Map<String, List<Ran>> runs = new HashMap<>();
            try (Dlt dlt = Dlt.builder()
                    .clock(clock)
                    .jobs(queue)
                    .storage(PostgresStorage.builder()
                            .appDatabase(pool)
                            .clock(clock)
                            .build())
                    .notifier(new CatchingNotifier("email"))
                    .build()) {
                dlt.templates().publish(PLANT);
                Map<Long, String> zones = new HashMap<>();
                for (int i = 0; i < WORKSPACES; i++) {
                    String zone = ZONES.get(i % ZONES.size());
                    Workspace workspace = dlt.workspaces().provision("w" + i, PLANT, w -> w.timezone(zone));
                    zones.put(workspace.id().value(), zone);
                    workspace.schedules().pause(JobKind.DELIVER, ""); // every minute: four million runs of no interest
                }
                queue.start(
                        run -> runs.computeIfAbsent(
                                        run.workspace().value() + " "
                                                + zones.get(run.workspace().value()),
                                        id -> new ArrayList<>())
                                .add(new Ran(run.kind(), run.item(), run.scheduledFor())),
                        new JobQueue.Settings(
                                Stream.of(NodeRole.values())
                                        .map(NodeRole::label)
                                        .collect(Collectors.toSet()),
                                1,
                                1,
                                1,
                                Duration.ZERO));
                // the last runs begin up to half a minute late
                queue.advanceTo(MARCH.plus(Duration.ofDays(DAYS)).plusSeconds(30));
            }
            assertThat(runs).hasSize(WORKSPACES);
            runs.forEach(
                    (workspace, ran) -> check(workspace, ZoneId.of(workspace.split(" ")[1]), ran));
        }
    }

    private static HikariDataSource pool(TestDatabase database) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(4);
        return new HikariDataSource(config);
    }

    private static void check(String workspace, ZoneId zone, List<Ran> ran) {
        assertThat(Set.copyOf(ran)).as(workspace).hasSize(ran.size());
        assertThat(of(ran, JobKind.ALERT, "low")).as(workspace).hasSize(DAYS * 96);
        assertThat(of(ran, JobKind.REFRESH, "tank_hourly")).as(workspace).hasSize(DAYS * 24);
        assertThat(of(ran, JobKind.MAINTAIN, "")).as(workspace).hasSize(DAYS * 24);
        assertThat(of(ran, JobKind.DELIVER, "")).as(workspace).isEmpty();
        assertThat(of(ran, JobKind.REPORT, "weekly")).as(workspace).hasSizeBetween(4, 5);
        List<Instant> nights = of(ran, JobKind.REFRESH, "tank_nightly");
        assertThat(nights.stream().map(at -> at.atZone(zone).toLocalDate()).collect(Collectors.toSet()))
                .as("a night each in " + workspace)
                .hasSize(DAYS)
                .hasSize(nights.size());
        assertThat(nights.stream().map(at -> at.atZone(zone).toLocalTime()).collect(Collectors.toSet()))
                .as("on the day the clocks skip half past two it is right after the gap, in " + workspace)
                .isEqualTo(
                        Set.of("Europe/Berlin", "America/Chicago").contains(zone.getId())
                                ? Set.of(LocalTime.of(2, 30), LocalTime.of(3, 0))
                                : Set.of(LocalTime.of(2, 30)));
    }

    private static List<Instant> of(List<Ran> ran, JobKind kind, String item) {
        return ran.stream()
                .filter(r -> r.kind().equals(kind.label()) && r.item().equals(item))
                .map(Ran::scheduledFor)
                .toList();
    }
}
