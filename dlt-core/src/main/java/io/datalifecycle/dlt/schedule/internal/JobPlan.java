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

    private JobPlan() {}

    /**
     * All jobs of a workspace, in its zone.
     *
     * @param fetched whether a connector is read by jobs
     */
    public static List<Job> of(WorkspaceContext workspace, Predicate<Connector> fetched) {
        Template template = workspace.template();
        ZoneId zone = workspace.zone();
        List<Job> jobs = new ArrayList<>();
        template.connectors().stream()
                .filter(fetched)
                .forEach(connector -> jobs.add(job(JobKind.FETCH, connector.key(), Trigger.every(connector.every()))));
        template.featurestores()
                .forEach(store -> store.refresh()
                        .cron()
                        .ifPresent(cron -> jobs.add(job(JobKind.REFRESH, store.key(), Trigger.cron(cron, zone)))));
        template.models().forEach(model -> {
            model.training()
                    .cron()
                    .ifPresent(cron -> jobs.add(job(JobKind.TRAIN, model.key(), Trigger.cron(cron, zone))));
            model.scoring()
                    .cron()
                    .ifPresent(cron -> jobs.add(job(JobKind.SCORE, model.key(), Trigger.cron(cron, zone))));
        });
        template.alerts().forEach(alert -> jobs.add(job(JobKind.ALERT, alert.key(), Trigger.every(alert.every()))));
        template.reports()
                .forEach(report -> jobs.add(job(
                        JobKind.REPORT,
                        report.key(),
                        Trigger.cron(report.cron(), report.timezone().orElse(zone)))));
        if (!template.channels().isEmpty()) {
            jobs.add(job(JobKind.DELIVER, "", Trigger.every(DELIVER_EVERY)));
        }
        jobs.add(job(JobKind.MAINTAIN, "", Trigger.every(MAINTAIN_EVERY)));
        return List.copyOf(jobs);
    }

    private static Job job(JobKind kind, String item, Trigger trigger) {
        return new Job(kind.label(), item, trigger);
    }
}
