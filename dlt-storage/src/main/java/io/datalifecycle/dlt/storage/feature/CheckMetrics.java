package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.QualityLog;
import io.datalifecycle.dlt.spi.QualityLog.CheckResult;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.MetricSourceKind;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Metrics of the results of checks: the latest of each. Thread-safe. */
public final class CheckMetrics implements TransformEngine {

    private final QualityLog log;

    public CheckMetrics(QualityLog log) {
        this.log = log;
    }

    @Override
    public Set<MetricSourceKind> kinds() {
        return Set.of(MetricSourceKind.CHECKS);
    }

    @Override
    public Rows evaluate(
            WorkspaceContext workspace, Metric metric, Map<String, @Nullable Object> inputs, Limits limits) {
        MetricSource.Checks source = (MetricSource.Checks) metric.source();
        List<CheckResult> latest = workspace.template().featurestores().stream()
                .filter(store -> store.ref().equals(source.of()))
                .findFirst()
                .map(store -> log.latest(workspace, store))
                .orElseThrow(() -> new DltException(
                        ProblemCode.UNKNOWN_REFERENCE,
                        "metric " + metric.key() + ": there is no " + source.of() + "; name a featurestore"));
        List<List<@Nullable Object>> rows = latest.stream()
                .limit(limits.maxRows())
                .map(r -> Arrays.<@Nullable Object>asList(r.at(), r.check(), r.failed(), r.passed()))
                .toList();
        return new Rows(MetricSource.Checks.COLUMNS, rows, latest.size() > rows.size());
    }
}
