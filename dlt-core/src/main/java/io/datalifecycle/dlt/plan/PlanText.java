package io.datalifecycle.dlt.plan;

import io.datalifecycle.dlt.problem.Problem;
import java.util.List;

/** Prints a plan for people. */
final class PlanText {

    private static final int MOST_AFFECTED = 40;

    private PlanText() {}

    static String of(Plan plan) {
        StringBuilder text = new StringBuilder();
        text.append("workspace ")
                .append(plan.workspace())
                .append(": ")
                .append(plan.from().key())
                .append(' ')
                .append(plan.from().version());
        if (plan.isEmpty()) {
            return text.append(", nothing to do\n").toString();
        }
        text.append(" -> ")
                .append(plan.to().version())
                .append(" (")
                .append(plan.changeClass().label())
                .append(")\n");
        section(
                text,
                "Problems",
                plan.problems().stream().map(Problem::toString).toList());
        if (!plan.changes().isEmpty()) {
            text.append("\nChanges\n");
            plan.changes().forEach(change -> change(text, change));
        }
        if (!plan.steps().isEmpty()) {
            text.append("\nSteps\n");
            int number = 0;
            for (PlanStep step : plan.steps()) {
                text.append(String.format(java.util.Locale.ROOT, "  %2d. %s%n", ++number, step)
                        .replace("\r", ""));
            }
        }
        return text.toString();
    }

    private static void change(StringBuilder text, Change change) {
        text.append("  ").append(change).append('\n');
        if (change.changeClass() != ChangeClass.NONE || change.breaking()) {
            List<String> affects = change.affects();
            affects.stream()
                    .limit(MOST_AFFECTED)
                    .forEach(name -> text.append("      affects ").append(name).append('\n'));
            if (affects.size() > MOST_AFFECTED) {
                text.append("      and ").append(affects.size() - MOST_AFFECTED).append(" more\n");
            }
        }
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append('\n').append(title).append('\n');
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
        }
    }
}
