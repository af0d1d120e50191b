package io.datalifecycle.dlt.schedule.internal;

import io.datalifecycle.dlt.schedule.JobKind;
import io.datalifecycle.dlt.spi.JobQueue.Job;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.time.Trigger;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The recurring jobs that the template of a workspace asks for. */
public final class JobPlan {

    /** Retries of messages; new ones are sent by the job that made them. */
    static final Duration DELIVER_EVERY = Duration.ofMinutes(1);

    static final Duration MAINTAIN_EVERY = Duration.ofHours(1);

    private final WorkspaceContext workspace;
    private final Spread spread;
    private final List<Job> jobs = new ArrayList<>();

    private JobPlan(WorkspaceContext workspace, Spread spread) {
        this.workspace = workspace;
        this.spread = spread;
    }

    /**
     * All jobs of a workspace, in its zone.
     *
     * @param fetched whether a connector is read by jobs
     * @param spread how much later than its schedule says a job may begin at most
     */
    public static List<Job> of(WorkspaceContext workspace, Predicate<Connector> fetched, Duration spread) {
        JobPlan plan = new JobPlan(workspace, new Spread(spread));
        plan.add(fetched);
        return List.copyOf(plan.jobs);
    }

    private void add(Predicate<Connector> fetched) {
        Template template = workspace.template();
        ZoneId zone = workspace.zone();
        template.connectors().stream()
                .filter(fetched)
                .forEach(connector -> add(JobKind.FETCH, connector.key(), Trigger.every(connector.every())));
        template.featurestores()
                .forEach(store -> store.refresh()
                        .cron()
                        .ifPresent(cron -> add(JobKind.REFRESH, store.key(), Trigger.cron(cron, zone))));
        template.models().forEach(model -> {
            model.training().cron().ifPresent(cron -> add(JobKind.TRAIN, model.key(), Trigger.cron(cron, zone)));
            model.scoring().cron().ifPresent(cron -> add(JobKind.SCORE, model.key(), Trigger.cron(cron, zone)));
        });
        template.alerts().forEach(alert -> add(JobKind.ALERT, alert.key(), Trigger.every(alert.every())));
        template.reports()
                .forEach(report -> add(
                        JobKind.REPORT,
                        report.key(),
                        Trigger.cron(report.cron(), report.timezone().orElse(zone))));
        if (!template.channels().isEmpty()) {
            add(JobKind.DELIVER, "", Trigger.every(DELIVER_EVERY));
        }
        add(JobKind.MAINTAIN, "", Trigger.every(MAINTAIN_EVERY));
    }

    private void add(JobKind kind, String item, Trigger trigger) {
        jobs.add(new Job(kind.label(), item, trigger, spread.offset(workspace.id(), kind, item, trigger)));
    }
}
