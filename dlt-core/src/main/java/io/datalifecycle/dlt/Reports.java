package io.datalifecycle.dlt;

import io.datalifecycle.dlt.delivery.DeliveryReport;
import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Outbox;
import io.datalifecycle.dlt.template.Report;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.List;

/** The reports of a workspace. Thread-safe. */
public final class Reports {

    private final Engine engine;
    private final WorkspaceContext workspace;

    Reports(Engine engine, WorkspaceContext workspace) {
        this.engine = engine;
        this.workspace = workspace;
    }

    /** Runs a report now and sends what is due. A span that was sent already is not sent again. */
    public DeliveryReport deliver(String key) {
        return deliver(key, engine.clock.instant());
    }

    /** Runs a report as of an instant and sends what is due. */
    public DeliveryReport deliver(String key, Instant at) {
        List<String> keys =
                workspace.template().reports().stream().map(Report::key).toList();
        Report report = workspace
                .template()
                .report(key)
                .orElseThrow(() -> new NotFoundException(
                        ProblemCode.ITEM_NOT_FOUND,
                        "workspace " + workspace.key() + " has no report " + key + "; " + DidYouMean.hint(key, keys)));
        engine.reports.run(workspace, report, at);
        return engine.outbox.deliver();
    }

    /** State of the latest messages of this workspace, alerts among them, newest first. */
    public List<Outbox.Status> messages(int limit) {
        return engine.storage.outbox().list(workspace.id(), limit);
    }
}
