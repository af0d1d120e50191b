package io.datalifecycle.dlt.schedule.internal;

import io.datalifecycle.dlt.alert.internal.AlertEvaluator;
import io.datalifecycle.dlt.connector.internal.ConnectorRunner;
import io.datalifecycle.dlt.delivery.internal.OutboxRunner;
import io.datalifecycle.dlt.feature.internal.FeatureRefresher;
import io.datalifecycle.dlt.model.internal.Scoring;
import io.datalifecycle.dlt.model.internal.Training;
import io.datalifecycle.dlt.report.internal.ReportRunner;
import io.datalifecycle.dlt.spi.Provisioner;

/** What jobs call, one part per kind. */
public record Features(
        ConnectorRunner connectors,
        FeatureRefresher refresher,
        Training training,
        Scoring scoring,
        AlertEvaluator alerts,
        ReportRunner reports,
        OutboxRunner outbox,
        Provisioner provisioner) {}
