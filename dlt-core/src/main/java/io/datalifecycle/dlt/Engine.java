package io.datalifecycle.dlt;

import io.datalifecycle.dlt.alert.internal.AlertEvaluator;
import io.datalifecycle.dlt.connector.internal.ConnectorLoops;
import io.datalifecycle.dlt.connector.internal.ConnectorRunner;
import io.datalifecycle.dlt.dashboard.internal.DashboardResolver;
import io.datalifecycle.dlt.delivery.internal.AlertMessages;
import io.datalifecycle.dlt.delivery.internal.MessageComposer;
import io.datalifecycle.dlt.delivery.internal.OutboxRunner;
import io.datalifecycle.dlt.delivery.internal.Routing;
import io.datalifecycle.dlt.feature.internal.FeatureExplainer;
import io.datalifecycle.dlt.feature.internal.FeatureRefresher;
import io.datalifecycle.dlt.health.internal.HealthCheck;
import io.datalifecycle.dlt.ingest.internal.Corrector;
import io.datalifecycle.dlt.ingest.internal.Ingestor;
import io.datalifecycle.dlt.ingest.internal.Replayer;
import io.datalifecycle.dlt.metric.internal.MetricEvaluator;
import io.datalifecycle.dlt.model.internal.Algorithms;
import io.datalifecycle.dlt.model.internal.Scoring;
import io.datalifecycle.dlt.model.internal.Training;
import io.datalifecycle.dlt.report.internal.ReportRunner;
import io.datalifecycle.dlt.schedule.internal.Features;
import io.datalifecycle.dlt.schedule.internal.Jobs;
import io.datalifecycle.dlt.schedule.internal.RefreshChain;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.training.internal.TrainingSets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** All parts, put together once; the facade and its handles share it. */
final class Engine {

    final Storage storage;
    final JobQueue queue;
    final ScheduleSettings schedule;
    final InstantSource clock;
    final Registry registry;
    final DltListener listener;
    final MetricEvaluator metrics;
    final DashboardResolver dashboards;
    final Ingestor ingestor;
    final Replayer replayer;
    final Corrector corrector;
    final FeatureRefresher refresher;
    final FeatureExplainer explainer;
    final ConnectorRunner connectors;
    final ConnectorLoops loops;
    final RefreshChain chain;
    final Training training;
    final TrainingSets trainingSets;
    final Scoring scoring;
    final AlertEvaluator alerts;
    final ReportRunner reports;
    final OutboxRunner outbox;
    final Jobs jobs;
    final HealthCheck health;
    final Contexts contexts;
    final Upgrading upgrading;
    final Lifecycle lifecycle;
    final Fleets fleets;

    /** Whether a connector is read by jobs: not one that the host pushes into, nor one that reads all the time. */
    boolean isFetched(Connector connector) {
        return !connector.type().equals(Connector.PUSH) && !ConnectorLoops.isLooped(registry.connectors, connector);
    }

    Engine(Storage storage, JobQueue queue, ScheduleSettings schedule, InstantSource clock, Registry registry) {
        this.storage = storage;
        this.queue = queue;
        this.schedule = schedule;
        this.clock = clock;
        this.registry = registry;
        this.listener = new Listeners(registry.listeners);
        this.contexts = new Contexts(storage);
        this.lifecycle = new Lifecycle(this);
        this.health = new HealthCheck(storage, queue, clock);
        List<TransformEngine> engines = new ArrayList<>(registry.engines);
        engines.add(0, storage.queries());
        this.metrics = new MetricEvaluator(engines, clock, listener);
        this.dashboards = new DashboardResolver(metrics, storage.alerts(), clock);
        this.upgrading = new Upgrading(this);
        this.ingestor = new Ingestor(storage, clock, listener, upgrading::since);
        this.connectors = new ConnectorRunner(storage, ingestor, registry.connectors, clock, listener);
        this.loops = new ConnectorLoops(storage, connectors, registry.connectors, contexts::allActive);
        this.replayer = new Replayer(storage, clock, listener);
        this.corrector = new Corrector(storage, clock, listener);
        this.refresher = new FeatureRefresher(storage, clock, listener);
        this.explainer = new FeatureExplainer(storage);
        this.chain = new RefreshChain(refresher);
        Algorithms algorithms =
                Algorithms.of(registry.trainers.values().stream().distinct().toList(), registry.formats.values());
        this.training = new Training(storage, clock, listener, algorithms);
        this.trainingSets = new TrainingSets(storage);
        this.scoring = new Scoring(storage, clock, listener, algorithms);
        Routing routing = new Routing(registry.notifiers);
        this.alerts = new AlertEvaluator(storage.alerts(), metrics, new AlertMessages(routing), clock, listener);
        this.reports = new ReportRunner(
                storage.outbox(),
                dashboards,
                new ReportRunner.Renderers(registry.charts(), registry.pages(), registry.documents()),
                (workspace, channels) -> routing.routes(workspace, channels).stream()
                        .map(route -> new ReportRunner.Recipient(route.channel(), route.recipient()))
                        .toList());
        MessageComposer composer =
                new MessageComposer(storage.reader(), alerts::values, registry.charts(), registry.documents());
        this.outbox = new OutboxRunner(storage.outbox(), routing, composer, contexts::find, clock, listener);
        this.fleets = new Fleets(this);
        this.jobs = new Jobs(
                new Features(connectors, refresher, training, scoring, alerts, reports, outbox, storage.provisioner()),
                storage,
                contexts::active,
                clock,
                listener);
    }
}
