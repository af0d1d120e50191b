package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.template.TemplateId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as people and machines read them. */
final class Texts {

    private Texts() {}

    /** Names and values in turn, in that order. */
    static Map<String, @Nullable Object> json(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return json;
    }

    static Map<String, @Nullable Object> json(TemplateId id) {
        return json("key", id.key(), "version", id.version(), "hash", id.hash());
    }

    static Map<String, @Nullable Object> json(Problem problem) {
        return json(
                "code",
                problem.code().label(),
                "severity",
                problem.severity().name().toLowerCase(Locale.ROOT),
                "pointer",
                problem.pointer(),
                "line",
                problem.line(),
                "column",
                problem.column(),
                "message",
                problem.message(),
                "hint",
                problem.hint());
    }

    static List<Map<String, @Nullable Object>> json(List<Problem> problems) {
        return problems.stream().map(Texts::json).toList();
    }

    /** {@code error tanks.yaml:12:7 /metrics/a/sql: message} and below it the hint. */
    static String lines(String file, List<Problem> problems) {
        List<String> lines = new ArrayList<>();
        for (Problem problem : problems) {
            String place = problem.line() == 0 ? file : file + ":" + problem.line() + ":" + problem.column();
            String where = (place + " " + problem.pointer()).strip();
            lines.add(problem.severity().name().toLowerCase(Locale.ROOT) + " " + (where.isEmpty() ? "" : where + ": ")
                    + problem.message() + " [" + problem.code().label() + "]");
            if (!problem.hint().isEmpty()) {
                lines.add("    " + problem.hint());
            }
        }
        return String.join("\n", lines);
    }

    /** Columns of as much room as they need; the first row is the heading. */
    static String table(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join("\n", lines);
    }
}
