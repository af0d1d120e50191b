package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Control;
import io.datalifecycle.dlt.template.ControlKind;
import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.template.Report;
import java.util.List;
import java.util.Optional;

/** Reports: dashboard, schedule, controls, channels. */
final class ReportCheck {

    private ReportCheck() {}

    static void check(Findings findings) {
        for (Report report : findings.template().reports()) {
            String pointer = JsonPointer.child("/reports", report.key());
            List<String> dashboards = findings.template().dashboards().stream()
                    .map(Dashboard::key)
                    .toList();
            findings.known("dashboard", report.dashboard().key(), dashboards, pointer + "/dashboard");
            findings.cron(
                    report.cron(), report.timezone().orElse(findings.template().timezone()), pointer + "/cron");
            findings.template()
                    .dashboard(report.dashboard().key())
                    .ifPresent(d -> controls(findings, report, d, pointer));
            if (report.formats().isEmpty()) {
                findings.error(
                        ProblemCode.BAD_VALUE,
                        pointer + "/formats",
                        "a report needs at least one format",
                        "pdf, inline or html");
            }
            ChannelCheck.sendTo(findings, report.sendTo(), pointer + "/notify");
        }
    }

    private static void controls(Findings findings, Report report, Dashboard dashboard, String pointer) {
        List<String> known = dashboard.controls().stream().map(Control::key).toList();
        report.controls().keySet().forEach(key -> {
            String at = JsonPointer.child(pointer + "/controls", key);
            Optional<Control> control = dashboard.controls().stream()
                    .filter(c -> c.key().equals(key))
                    .findFirst();
            if (control.isEmpty()) {
                findings.error(
                        ProblemCode.UNKNOWN_REFERENCE,
                        at,
                        "dashboard " + dashboard.key() + " has no control " + key,
                        DidYouMean.hint(key, known));
            } else if (control.get().kind() == ControlKind.TIME_RANGE) {
                findings.error(
                        ProblemCode.BAD_VALUE, at, "a report's range sets time ranges", "leave it out, use range");
            }
        });
    }
}
