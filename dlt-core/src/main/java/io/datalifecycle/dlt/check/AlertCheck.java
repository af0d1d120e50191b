package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.ResultKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Alerts: metric and its inputs, conditions, label set, channels. */
final class AlertCheck {

    private static final String VALUE = "value";
    private static final Duration LEAST_EVERY = Duration.ofSeconds(1);

    private AlertCheck() {}

    static void check(Findings findings) {
        for (Alert alert : findings.template().alerts()) {
            String pointer = JsonPointer.child("/alerts", alert.key());
            Optional<Metric> metric = PanelCheck.metric(findings, alert.metric().key(), pointer + "/metric");
            metric.ifPresent(m -> {
                new BindingCheck(findings, List.of()).inputs(m, alert.with(), pointer);
                for (int i = 0; i < alert.by().size(); i++) {
                    MetricCheck.column(findings, m, alert.by().get(i), JsonPointer.child(pointer + "/by", i));
                }
            });
            condition(findings, metric, alert.raise(), pointer + "/raise");
            alert.clear().ifPresent(clear -> condition(findings, metric, clear, pointer + "/clear"));
            if (alert.every().compareTo(LEAST_EVERY) < 0) {
                findings.error(
                        ProblemCode.BAD_VALUE,
                        pointer + "/every",
                        "every: " + alert.every() + " is shorter than a second",
                        "");
            }
            ChannelCheck.sendTo(findings, alert.sendTo(), pointer + "/notify");
        }
    }

    private static void condition(Findings findings, Optional<Metric> metric, String text, String pointer) {
        findings.expression(text, pointer).ifPresent(expression -> {
            for (String variable : expression.variables()) {
                if (!findings.parameterVariable(variable, pointer) && metric.isPresent()) {
                    variable(findings, metric.get(), variable, pointer);
                }
            }
        });
    }

    private static void variable(Findings findings, Metric metric, String variable, String pointer) {
        if (findings.holdsReplaced(JsonPointer.child("/metrics", metric.key()))) {
            return;
        }
        if (variable.equals(VALUE)) {
            if (metric.result().kind() == ResultKind.TABLE) {
                findings.error(
                        ProblemCode.BAD_EXPRESSION,
                        pointer,
                        metric.ref() + " is a table and has no value",
                        "use its columns, or give it a scalar result");
            }
            return;
        }
        if (variable.startsWith("row.")) {
            MetricCheck.column(findings, metric, variable.substring(4), pointer);
            return;
        }
        List<String> known = new ArrayList<>(List.of(VALUE));
        known.addAll(MetricCheck.columns(findings.template(), metric)
                .map(List::copyOf)
                .orElse(MetricCheck.resultColumns(metric)));
        boolean sure = metric.source() instanceof MetricSource.Latest
                || metric.source() instanceof MetricSource.Checks
                || DidYouMean.nearest(variable, List.of(VALUE)).isPresent();
        if (sure && !known.contains(variable)) {
            findings.error(
                    ProblemCode.BAD_EXPRESSION, pointer, variable + " is not known", DidYouMean.hint(variable, known));
        } else if (!sure) {
            MetricCheck.column(findings, metric, variable, pointer);
        }
    }
}
