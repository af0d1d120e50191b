package io.datalifecycle.dlt.schedule.internal;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.schedule.JobKind;
import io.datalifecycle.dlt.spi.ConnectorLog;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does a job: one kind, one call. A failure is told once when it begins and once when it ends, and counted always. Thread-safe. */
public final class Jobs implements JobQueue.Runner {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    private final Features features;
    private final RefreshChain chain;
    private final ModelStore models;
    private final ConnectorLog connectors;
    private final Function<WorkspaceId, Optional<WorkspaceContext>> workspaces;
    private final InstantSource clock;
    private final DltListener listener;
    private final RunWatch slow;
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    @SuppressWarnings("checkstyle:ParameterNumber") // one collaborator each; made in one place
    public Jobs(
            Features features,
            Storage storage,
            Function<WorkspaceId, Optional<WorkspaceContext>> workspaces,
            InstantSource clock,
            DltListener listener) {
        this.features = features;
        this.chain = new RefreshChain(features.refresher());
        this.models = storage.models();
        this.connectors = storage.connectors();
        this.workspaces = workspaces;
        this.clock = clock;
        this.listener = listener;
        this.slow = new RunWatch(clock, listener);
    }

    @Override
    public void run(JobQueue.Run run) {
        Optional<WorkspaceContext> workspace = workspaces.apply(run.workspace());
        if (workspace.isEmpty()) {
            return; // deleted or suspended between planning and running
        }
        String kind = run.kind();
        String item = run.item();
        String name = run.workspace() + "/" + kind + "/" + item;
        JobKind known = JobKind.of(kind).orElseThrow(() -> unknown(kind));
        try (RunWatch.Watched watched = slow.begin(workspace.get(), known, item)) {
            run(workspace.get(), known, run);
            if (failing.remove(name)) {
                LOG.info("workspace {}: {} {} works again", workspace.get().key(), kind, item);
            }
        } catch (RuntimeException failure) {
            listener.onJobFailed(workspace.get(), kind, item, failure);
            if (failing.add(name)) {
                LOG.warn(
                        "workspace {}: {} {} failed, it is tried again at its next run: {}",
                        workspace.get().key(),
                        kind,
                        item,
                        failure instanceof DltException ? failure.getMessage() : failure.toString());
            }
            throw failure;
        }
    }

    @Override
    public void watch() {
        slow.look();
    }

    private void run(WorkspaceContext workspace, JobKind kind, JobQueue.Run run) {
        String item = run.item();
        switch (kind) {
            case FETCH ->
                workspace.template().connectors().stream()
                        .filter(connector -> connector.key().equals(item))
                        .findFirst()
                        .ifPresent(connector -> fetch(workspace, connector));
            case REFRESH ->
                workspace.template().featurestore(item).ifPresent(store -> refresh(workspace, store, run.lease()));
            case TRAIN ->
                workspace
                        .template()
                        .model(item)
                        .ifPresent(model -> features.training().train(workspace, model));
            case SCORE -> workspace.template().model(item).ifPresent(model -> score(workspace, model));
            case ALERT ->
                workspace.template().alert(item).ifPresent(alert -> {
                    if (!features.alerts().evaluate(workspace, alert).isEmpty()) {
                        features.outbox().deliver();
                    }
                });
            case REPORT ->
                workspace.template().report(item).ifPresent(report -> {
                    features.reports().run(workspace, report, run.scheduledFor());
                    features.outbox().deliver();
                });
            case DELIVER -> features.outbox().deliver();
            case MAINTAIN -> features.provisioner().maintain(workspace, clock.instant());
        }
    }

    private void fetch(WorkspaceContext workspace, Connector connector) {
        boolean paused = connectors.list(workspace).stream()
                .anyMatch(entry -> entry.connector().equals(connector.key()) && entry.paused());
        if (!paused) {
            features.connectors().run(workspace, connector, Duration.ZERO);
        }
    }

    private void refresh(WorkspaceContext workspace, Featurestore store, JobQueue.Lease lease) {
        Set<Ref> refreshed = chain.through(workspace, store, lease::isHeld);
        for (Model model : workspace.template().models()) {
            if (model.scoring().afterRefresh()
                    && refreshed.contains(model.features().from())
                    && lease.isHeld()) { // who took the job over scores
                score(workspace, model);
            }
        }
    }

    /** A model that was never trained is not a failure of the schedule: its training comes with its own. */
    private void score(WorkspaceContext workspace, Model model) {
        if (models.champion(workspace, model.key()).isPresent()) {
            features.scoring().score(workspace, model);
        }
    }

    private static DltException unknown(String kind) {
        return new DltException(ProblemCode.CONFIGURATION, "job kind " + kind + " is not known to this version");
    }
}
