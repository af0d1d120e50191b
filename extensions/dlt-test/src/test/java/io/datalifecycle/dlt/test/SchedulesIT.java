package io.datalifecycle.dlt.test;

import static io.datalifecycle.dlt.template.Aggregate.avg;
import static io.datalifecycle.dlt.template.Field.number;
import static io.datalifecycle.dlt.template.Field.timestamp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Schedules;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.schedule.JobKind;
import io.datalifecycle.dlt.schedule.ScheduledJob;
import io.datalifecycle.dlt.template.Template;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Looking at jobs and handling them, through the facade. The clock starts on Monday, 2 March 2026, 00:00 UTC. */
final class SchedulesIT {

    private static final Template DESK = Template.define("desk", "1.0.0", t -> {
        var tank = t.datastore(
                "tank",
                d -> d.time("ts")
                        .naturalKey("ts")
                        .field("ts", timestamp().required())
                        .field("level", number("m")));
        var hourly = t.featurestore(
                "tank_hourly",
                f -> f.rollup(tank, r -> r.every(Duration.ofHours(1)).column("level_avg", avg("level")))
                        .refresh(r -> r.cron("*/10 * * * *")));
        var oddities = t.inferencestore(
                "oddities", i -> i.time("bucket").naturalKey("bucket").column("score", number()));
        t.model(
                "forest",
                m -> m.anomaly("random-cut-forest")
                        .features(hourly, f -> f.columns("level_avg"))
                        .train(s -> s.window(Duration.ofDays(30)).cron("0 3 * * *"))
                        .score(s -> s.into(oddities).afterRefresh()));
        var now = t.metric("level_now", m -> m.latest(hourly, "level_avg"));
        var ops = t.channel("ops", c -> c.email("ops@example.test"));
        var overview =
                t.dashboard("overview", d -> d.panel("Level", p -> p.stat(now).at(0, 0, 4, 2)));
        t.report(
                "daily",
                r -> r.dashboard(overview).cron("0 1 * * *").lastDay().inline().sendTo(ops));
    });

    @RegisterExtension
    final DltExtension dlt = DltExtension.withTemplate(DESK).workspace("north", w -> w.timezone("America/Chicago"));

    /** Jobs that run all the time and are not looked at here. */
    private static void quiet(Workspace north) {
        north.schedules().pause(JobKind.DELIVER, "");
        north.schedules().pause(JobKind.MAINTAIN, "");
        north.schedules().pause(JobKind.REFRESH, "tank_hourly");
    }

    // region control
    @Test
    void aReportThatWasMissedIsReplayedOnceAndNoMore(Workspace north) {
        quiet(north);
        Schedules schedules = north.schedules();
        schedules.pause(JobKind.REPORT, "daily");
        dlt.advance(Duration.ofDays(3));
        assertThat(dlt.mails()).isEmpty();

        Instant monday = Instant.parse("2026-03-02T07:00:00Z"); // one o'clock in Chicago
        schedules.replay(JobKind.REPORT, "daily", monday);
        schedules.replay(JobKind.REPORT, "daily", monday);
        assertThat(dlt.mails()).hasSize(1);

        schedules.skip(JobKind.REPORT, "daily"); // leaves out what was due meanwhile
        schedules.resume(JobKind.REPORT, "daily");
        dlt.advance(Duration.ofDays(1));
        assertThat(dlt.mails()).hasSize(2);
    }
    // endregion control

    @Test
    void theListTellsAllThatThereIsToKnow(Workspace north) {
        assertThat(north.schedules().list())
                .extracting(ScheduledJob::name)
                .containsExactlyInAnyOrder(
                        "refresh tank_hourly", "train forest", "report daily", "deliver", "maintain");
        dlt.advance(Duration.ofMinutes(25));

        ScheduledJob refresh = north.schedules().job(JobKind.REFRESH, "tank_hourly");
        assertThat(refresh.schedule()).isEqualTo("*/10 * * * *");
        assertThat(refresh.zone()).isEqualTo(ZoneId.of("America/Chicago"));
        assertThat(refresh.next()).contains(Instant.parse("2026-03-02T00:30:00Z"));
        assertThat(refresh.lastRun()).contains(Instant.parse("2026-03-02T00:20:00Z"));
        assertThat(refresh.lastSuccess()).isEqualTo(refresh.lastRun());
        assertThat(refresh.lastFailure()).isEmpty();
        assertThat(refresh.failures()).isZero();
        assertThat(refresh.paused()).isFalse();
        ScheduledJob maintain = north.schedules().job(JobKind.MAINTAIN, "");
        assertThat(maintain.schedule()).isEqualTo("every PT1H");
        assertThat(maintain.zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(maintain.lastRun()).isEmpty();
    }

    @Test
    void theListTellsOfFailures(Workspace north) {
        quiet(north);
        dlt.advance(Duration.ofHours(10)); // there is nothing to train on

        ScheduledJob train = north.schedules().job(JobKind.TRAIN, "forest");
        assertThat(train.failures()).isEqualTo(1);
        assertThat(train.lastSuccess()).isEmpty();
        assertThat(train.lastRun()).isEqualTo(train.lastFailure()).contains(Instant.parse("2026-03-02T09:00:00Z"));
        assertThat(north.schedules().job(JobKind.REFRESH, "tank_hourly").paused())
                .isTrue();
    }

    @Test
    void whatIsAskedForRunsAtTheNextLook(Workspace north) {
        dlt.advance(Duration.ofMinutes(3));
        north.schedules().runNow(JobKind.REPORT, "daily");
        assertThat(dlt.mails()).isEmpty();

        assertThat(dlt.advance(Duration.ZERO)).isEqualTo(1);
        assertThat(dlt.mails()).hasSize(1);
        assertThat(north.schedules().job(JobKind.REPORT, "daily").next())
                .contains(Instant.parse("2026-03-02T07:00:00Z"));
    }

    @Test
    void whatWasMissedWhileNothingRanRunsOnceByItsRule(Workspace north) {
        dlt.dlt().stop();
        dlt.advance(Duration.ofDays(15));
        assertThat(dlt.mails()).isEmpty();
        dlt.dlt().start();

        assertThat(dlt.advance(Duration.ZERO)).as("each job once").isEqualTo(5);
        assertThat(dlt.mails()).as("one report of fifteen days").hasSize(1);
        assertThat(north.schedules().list())
                .allSatisfy(job -> assertThat(job.next().orElseThrow()).isAfter(dlt.now()));
    }

    @Test
    void unknownJobsAreNamedWithWhatWasMeant(Workspace north) {
        assertThatThrownBy(() -> north.schedules().pause(JobKind.REFRESH, "tank_hourlyy"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith(
                        "workspace north has no job refresh tank_hourlyy; " + "did you mean refresh tank_hourly?");
        assertThatThrownBy(() -> north.schedules().replay(JobKind.REPORT, "dayly", dlt.now()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("did you mean report daily?");
        assertThatThrownBy(() -> north.schedules().job(JobKind.FETCH, "inbox")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void theFutureCannotBeReplayed(Workspace north) {
        assertThatThrownBy(() -> north.schedules()
                        .replay(JobKind.REPORT, "daily", dlt.now().plusSeconds(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("which has not come");
    }

    @Test
    void deletingAWorkspaceLeavesNoJobs(Workspace north) {
        north.schedules().pause(JobKind.REFRESH, "tank_hourly");

        dlt.dlt().workspaces().delete("north");

        assertThat(north.schedules().list()).isEmpty();
    }
}
