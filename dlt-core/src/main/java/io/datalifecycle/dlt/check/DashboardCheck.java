package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Control;
import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.Panel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Dashboards: controls by themselves and whether anything uses them; panels have checks of their own. */
final class DashboardCheck {

    private DashboardCheck() {}

    static void check(Findings findings) {
        for (Dashboard dashboard : findings.template().dashboards()) {
            String pointer = JsonPointer.child("/dashboards", dashboard.key());
            Set<String> seen = new HashSet<>();
            for (Control control : dashboard.controls()) {
                String at = JsonPointer.child(pointer + "/controls", control.key());
                if (!seen.add(control.key())) {
                    findings.error(ProblemCode.DUPLICATE_KEY, at, control.key() + " appears twice", "keys are unique");
                }
                control(findings, control, at);
            }
            BindingCheck bindings = new BindingCheck(findings, dashboard.controls());
            List<Panel> panels = dashboard.panels();
            for (int i = 0; i < panels.size(); i++) {
                PanelCheck.check(
                        findings, dashboard, bindings, panels.get(i), JsonPointer.child(pointer + "/panels", i));
            }
            for (Control control : dashboard.controls()) {
                if (!bindings.usedControls().contains(control.key())) {
                    findings.warning(
                            ProblemCode.UNUSED,
                            JsonPointer.child(pointer + "/controls", control.key()),
                            "no panel uses control " + control.key(),
                            "");
                }
            }
        }
    }

    private static void control(Findings findings, Control control, String pointer) {
        if (control instanceof Control.TimeRange range
                && (range.length().isZero() || range.length().isNegative())) {
            findings.error(ProblemCode.BAD_VALUE, pointer + "/default", "the span is empty", "for instance P7D");
        } else if (control instanceof Control.Select select) {
            select(findings, select, pointer);
        } else if (control instanceof Control.Number number) {
            boolean outside = number.min()
                            .filter(min -> number.defaultValue() < min)
                            .isPresent()
                    || number.max().filter(max -> number.defaultValue() > max).isPresent();
            if (outside) {
                findings.error(
                        ProblemCode.BAD_VALUE, pointer + "/default", "the default lies outside of min and max", "");
            }
        }
    }

    private static void select(Findings findings, Control.Select select, String pointer) {
        List<String> metrics =
                findings.template().metrics().stream().map(Metric::key).toList();
        select.options().ifPresent(ref -> {
            if (findings.known("metric", ref.key(), metrics, pointer + "/options")) {
                Metric metric = findings.template().metric(ref.key()).orElseThrow();
                metric.inputs().stream()
                        .filter(input ->
                                input.required() && input.defaultValue().isEmpty())
                        .forEach(input -> findings.error(
                                ProblemCode.BAD_VALUE,
                                pointer + "/options",
                                ref + " needs input " + input.key() + ", options have no inputs",
                                "use a metric without required inputs"));
            }
        });
        boolean outside = select.options().isEmpty()
                && select.defaultValue()
                        .filter(value -> !select.values().contains(value))
                        .isPresent();
        if (outside) {
            findings.error(ProblemCode.BAD_VALUE, pointer + "/default", "the default is not one of the options", "");
        }
    }
}
