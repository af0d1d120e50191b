package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Binding;
import io.datalifecycle.dlt.template.Control;
import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.Panel;
import io.datalifecycle.dlt.template.Redirect;
import io.datalifecycle.dlt.template.ResultKind;
import io.datalifecycle.dlt.template.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Panels: metric and its inputs, result it can draw, columns, thresholds, redirect. */
final class PanelCheck {

    private PanelCheck() {}

    static void check(Findings findings, Dashboard dashboard, BindingCheck bindings, Panel panel, String pointer) {
        Optional<Metric> metric =
                panel.query().flatMap(query -> metric(findings, query.metric().key(), pointer + "/metric"));
        metric.ifPresent(m -> {
            bindings.inputs(m, panel.query().orElseThrow().with(), pointer);
            result(findings, panel, m, pointer);
        });
        if (metric.isEmpty()) {
            // controls that feed an unknown metric are used all the same
            panel.query().ifPresent(query -> query.with().values().forEach(binding -> bindings.used(binding.name())));
        }
        details(findings, bindings, panel, metric, pointer);
        panel.frame()
                .redirect()
                .ifPresent(
                        redirect -> redirect(findings, dashboard, bindings, redirect, metric, pointer + "/redirect"));
    }

    static Optional<Metric> metric(Findings findings, String key, String pointer) {
        List<String> known =
                findings.template().metrics().stream().map(Metric::key).toList();
        findings.known("metric", key, known, pointer);
        return findings.template().metric(key);
    }

    private static void result(Findings findings, Panel panel, Metric metric, String pointer) {
        ResultKind kind = metric.result().kind();
        Set<ResultKind> drawn = switch (panel.kind()) {
            case TIME_SERIES -> Set.of(ResultKind.SERIES);
            case BAR, PIE, STAT -> Set.of(ResultKind.SERIES, ResultKind.SCALAR);
            case MAP -> Set.of(ResultKind.TABLE);
            case TABLE, ALERT_LIST, TEXT -> Set.of(ResultKind.values());
        };
        if (!drawn.contains(kind) && !findings.holdsReplaced(JsonPointer.child("/metrics", metric.key()))) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer + "/metric",
                    "a " + panel.kind().label() + " panel cannot draw " + metric.ref() + ", whose result is a "
                            + kind.label(),
                    "it draws "
                            + String.join(
                                    " or ",
                                    drawn.stream()
                                            .map(ResultKind::label)
                                            .sorted()
                                            .toList()));
        }
    }

    private static void details(
            Findings findings, BindingCheck bindings, Panel panel, Optional<Metric> metric, String pointer) {
        if (panel instanceof Panel.TimeSeries series) {
            thresholds(findings, bindings, series.thresholds(), pointer);
        } else if (panel instanceof Panel.Stat stat) {
            thresholds(findings, bindings, stat.thresholds(), pointer);
            List<String> severities =
                    List.of(Severity.values()).stream().map(Severity::label).toList();
            stat.thresholds().keySet().forEach(label -> {
                if (!severities.contains(label)) {
                    findings.error(
                            ProblemCode.BAD_VALUE,
                            JsonPointer.child(pointer + "/thresholds", label),
                            label + " is no severity",
                            DidYouMean.hint(label, severities));
                }
            });
        } else if (panel instanceof Panel.Map2D map && metric.isPresent()) {
            MetricCheck.column(findings, metric.get(), map.latitude(), pointer + "/latitude");
            MetricCheck.column(findings, metric.get(), map.longitude(), pointer + "/longitude");
            map.label().ifPresent(name -> MetricCheck.column(findings, metric.get(), name, pointer + "/label"));
            map.value().ifPresent(name -> MetricCheck.column(findings, metric.get(), name, pointer + "/value"));
        } else if (panel instanceof Panel.Table table && metric.isPresent()) {
            for (int i = 0; i < table.columns().size(); i++) {
                MetricCheck.column(
                        findings, metric.get(), table.columns().get(i), JsonPointer.child(pointer + "/columns", i));
            }
        } else if (panel instanceof Panel.AlertList list) {
            List<String> alerts =
                    findings.template().alerts().stream().map(Alert::key).toList();
            for (int i = 0; i < list.alerts().size(); i++) {
                findings.known("alert", list.alerts().get(i), alerts, JsonPointer.child(pointer + "/alerts", i));
            }
        } else if (panel instanceof Panel.Text text) {
            findings.placeholders(text.text(), pointer + "/text");
        }
    }

    private static void thresholds(
            Findings findings, BindingCheck bindings, Map<String, Binding> thresholds, String pointer) {
        thresholds.forEach((label, binding) -> {
            String at = JsonPointer.child(pointer + "/thresholds", label);
            boolean number = binding.source() == Binding.Source.PARAM
                    || (binding.source() == Binding.Source.LITERAL
                            && binding.text().matches("-?[0-9].*"));
            if (number) {
                bindings.source(binding, at, false);
            } else {
                findings.error(
                        ProblemCode.BAD_VALUE, at, "a threshold is a number or param.name, found " + binding, "");
            }
        });
    }

    private static void redirect(
            Findings findings,
            Dashboard here,
            BindingCheck bindings,
            Redirect redirect,
            Optional<Metric> metric,
            String pointer) {
        Optional<Dashboard> target = findings.template().dashboard(redirect.to().key());
        if (target.isEmpty()) {
            List<String> known = findings.template().dashboards().stream()
                    .map(d -> d.ref().toString())
                    .toList();
            findings.error(
                    ProblemCode.BAD_REDIRECT,
                    pointer + "/to",
                    redirect.to() + " does not exist",
                    DidYouMean.hint(redirect.to().toString(), known));
        }
        List<String> controls = target.map(PanelCheck::controls).orElse(List.of());
        redirect.with().forEach((control, binding) -> {
            String at = JsonPointer.child(pointer + "/with", control);
            if (target.isPresent() && !controls.contains(control)) {
                findings.error(
                        ProblemCode.BAD_REDIRECT,
                        at,
                        redirect.to() + " has no control " + control,
                        DidYouMean.hint(control, controls));
            }
            bindings.source(binding, at, true);
            if (binding.source() == Binding.Source.ROW && metric.isPresent()) {
                MetricCheck.column(findings, metric.get(), binding.name(), at);
            }
        });
        for (int i = 0; i < redirect.keep().size(); i++) {
            String control = redirect.keep().get(i);
            String at = JsonPointer.child(pointer + "/keep", i);
            bindings.used(control);
            if (!controls(here).contains(control)) {
                findings.error(
                        ProblemCode.BAD_REDIRECT,
                        at,
                        "this dashboard has no control " + control,
                        DidYouMean.hint(control, controls(here)));
            } else if (target.isPresent() && !controls.contains(control)) {
                findings.error(
                        ProblemCode.BAD_REDIRECT,
                        at,
                        redirect.to() + " has no control " + control,
                        DidYouMean.hint(control, controls));
            }
        }
    }

    private static List<String> controls(Dashboard dashboard) {
        return dashboard.controls().stream().map(Control::key).toList();
    }
}
