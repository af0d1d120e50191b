package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which field of a record goes into which column. Immutable. */
final class CsvHeader {

    /** The field is in no column. */
    static final int NOWHERE = -1;

    /** The field is kept beside the columns. */
    static final int EXTRA = -2;

    final List<String> names;
    final int[] targets;
    final List<Problem> warnings;

    private CsvHeader(List<String> names, int[] targets, List<Problem> warnings) {
        this.names = List.copyOf(names);
        this.targets = targets;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Matches the names of the header with the columns.
     *
     * @param given columns that need not be in the file
     * @param source name of the file, for messages
     */
    static CsvHeader match(List<String> names, RowRules rules, CsvSettings settings, Set<String> given, String source) {
        Map<String, Integer> columns = columnsByField(rules, settings, source);
        int[] targets = new int[names.size()];
        Arrays.fill(targets, NOWHERE);
        Set<String> ignored = new LinkedHashSet<>();
        Set<String> found = new LinkedHashSet<>();
        for (int i = 0; i < targets.length; i++) {
            String name = names.get(i);
            Integer column = columns.get(name);
            if (column != null) {
                if (!found.add(name)) {
                    throw wrong(
                            source,
                            "the header names " + Texts.shown(name) + " twice",
                            names,
                            "give each column a name of its own");
                }
                targets[i] = column;
            } else if (!name.isEmpty() && rules.keepsExtra()) {
                targets[i] = EXTRA;
            } else if (!name.isEmpty()) {
                ignored.add(name);
            }
        }
        requireAll(names, rules, settings, given, found, source);
        return new CsvHeader(names, targets, warnings(ignored, settings, found, source));
    }

    private static Map<String, Integer> columnsByField(RowRules rules, CsvSettings settings, String source) {
        for (String column : settings.fields().keySet()) {
            if (!rules.properties().contains(column)) {
                throw new DltException(
                        ProblemCode.CSV_HEADER,
                        source + ": the format maps the column " + column + ", which the store does not have; "
                                + DidYouMean.hint(column, rules.properties()));
            }
        }
        Map<String, Integer> columns = new HashMap<>();
        for (ColumnRule rule : rules.rules) {
            String name = rule.label();
            columns.put(settings.fields().getOrDefault(name, name), rule.index);
        }
        return columns;
    }

    private static void requireAll(
            List<String> names,
            RowRules rules,
            CsvSettings settings,
            Set<String> given,
            Set<String> found,
            String source) {
        List<String> missing = new ArrayList<>();
        for (String column : rules.required()) {
            if (!given.contains(column) && !found.contains(settings.fields().getOrDefault(column, column))) {
                missing.add(column);
            }
        }
        if (!missing.isEmpty()) {
            String first = missing.get(0);
            String what = missing.stream()
                    .map(column -> settings.fields().containsKey(column)
                            ? column + " (mapped to the field "
                                    + Texts.shown(settings.fields().get(column)) + ")"
                            : column)
                    .collect(Collectors.joining(", "));
            throw wrong(
                    source,
                    (missing.size() == 1 ? "the required column " : "the required columns ") + what
                            + (missing.size() == 1 ? " is" : " are") + " missing",
                    names,
                    "name the field that holds it with CsvFormat.column(\"" + first
                            + "\", \"<field>\") or give it with constant(\"" + first + "\", …)");
        }
    }

    private static DltException wrong(String source, String what, List<String> names, String remedy) {
        String header = names.stream().map(Texts::shown).collect(Collectors.joining(", "));
        return new DltException(
                ProblemCode.CSV_HEADER, source + ": " + what + "; the header is " + header + "; " + remedy);
    }

    private static List<Problem> warnings(Set<String> ignored, CsvSettings settings, Set<String> found, String source) {
        List<Problem> warnings = new ArrayList<>();
        if (!ignored.isEmpty()) {
            warnings.add(Problem.warning(
                    ProblemCode.CSV_HEADER,
                    "",
                    source + ": the schema allows no column beside its own, so these were ignored: "
                            + String.join(", ", ignored),
                    "declare them in the schema or drop them from the file"));
        }
        settings.fields().forEach((column, field) -> {
            if (!found.contains(field)) {
                warnings.add(Problem.warning(
                        ProblemCode.CSV_HEADER,
                        "",
                        source + ": the field " + Texts.shown(field) + ", mapped to " + column
                                + ", is not in the header",
                        "correct the mapping or leave it out"));
            }
        });
        return warnings;
    }
}
