package io.datalifecycle.dlt.schedule.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.schedule.JobKind;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunWatchTest {

    private static final Template TEMPLATE = Template.define(
            "slow",
            "1.0.0",
            t -> t.datastore(
                    "tank", d -> d.time("ts").field("ts", Field.timestamp().required())));
    private static final WorkspaceContext NORTH = new WorkspaceContext(
            new WorkspaceId(1),
            "north",
            new TemplateId("slow", "1.0.0", "0".repeat(64)),
            TEMPLATE,
            Map.of(),
            ZoneOffset.UTC,
            "main");
    private static final Duration BUDGET = JobKind.ALERT.budget();

    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private final List<String> told = new ArrayList<>();
    private final RunWatch watch = new RunWatch(() -> now, new DltListener() {
        @Override
        public void onJobSlow(WorkspaceContext workspace, String kind, String item, Duration runsFor) {
            told.add(workspace.key() + " " + kind + " " + item + " " + runsFor);
        }
    });

    @Test
    void aRunWithinItsBudgetIsNotToldOf() {
        try (RunWatch.Watched run = watch.begin(NORTH, JobKind.ALERT, "level")) {
            now = now.plus(BUDGET);
            watch.look();
        }

        assertThat(told).isEmpty();
    }

    @Test
    void aRunIsToldOfOnceWhileItStillRuns() {
        try (RunWatch.Watched run = watch.begin(NORTH, JobKind.ALERT, "level")) {
            now = now.plus(BUDGET).plusSeconds(1);
            watch.look();
            assertThat(told).containsExactly("north alert level PT1M1S");
            now = now.plus(BUDGET);
            watch.look();
        }

        assertThat(told).hasSize(1);
    }

    @Test
    void aRunThatNobodyLookedAtIsToldOfWhenItEnds() {
        try (RunWatch.Watched run = watch.begin(NORTH, JobKind.ALERT, "level")) {
            now = now.plus(BUDGET.multipliedBy(3));
        }

        assertThat(told).containsExactly("north alert level PT3M");
    }

    @Test
    void eachRunIsToldOf() {
        for (int i = 0; i < 3; i++) {
            try (RunWatch.Watched run = watch.begin(NORTH, JobKind.ALERT, "level")) {
                now = now.plus(BUDGET.multipliedBy(2));
            }
        }

        assertThat(told).hasSize(3);
    }
}
