package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.sql.SqlText;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Input;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.ResultShape;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Metrics: source, inputs, result. */
final class MetricCheck {

    private MetricCheck() {}

    static void check(Findings findings) {
        for (Metric metric : findings.template().metrics()) {
            String pointer = JsonPointer.child("/metrics", metric.key());
            if (metric.source() instanceof MetricSource.Sql sql) {
                sql(findings, metric, sql, pointer);
            } else if (metric.source() instanceof MetricSource.Latest latest) {
                latest(findings, metric, latest, pointer);
            } else if (metric.source() instanceof MetricSource.Expression expression) {
                expression(findings, metric, expression, pointer);
            } else if (metric.source() instanceof MetricSource.Checks checks) {
                checks(findings, metric, checks, pointer);
            }
        }
    }

    /** Columns of a metric's rows, where they are certain without a database. */
    static Optional<Set<String>> columns(Template template, Metric metric) {
        if (metric.source() instanceof MetricSource.Checks) {
            return Optional.of(new LinkedHashSet<>(
                    MetricSource.Checks.COLUMNS.stream().map(Column::name).toList()));
        }
        if (!(metric.source() instanceof MetricSource.Latest latest)) {
            return Optional.empty();
        }
        return template.store(latest.from()).map(store -> {
            Set<String> names = new LinkedHashSet<>(latest.by());
            names.add(store.time());
            names.add(latest.column());
            return names;
        });
    }

    /** Tells when a metric's rows cannot have a column: it is neither among the certain ones nor a word of the SQL. */
    static void column(Findings findings, Metric metric, String name, String pointer) {
        Optional<Set<String>> certain = columns(findings.template(), metric);
        boolean possible = certain.map(names -> names.contains(name))
                .orElseGet(
                        () -> !(metric.source() instanceof MetricSource.Sql sql) || mayGive(findings, sql.sql(), name));
        if (!possible) {
            String hint = certain.map(known -> DidYouMean.hint(name, known)).orElse("its SQL does not name it");
            findings.error(ProblemCode.UNKNOWN_COLUMN, pointer, metric.ref() + " has no column " + name, hint);
        }
    }

    static List<String> resultColumns(Metric metric) {
        List<String> names = new ArrayList<>();
        if (metric.result() instanceof ResultShape.Scalar scalar) {
            names.add(scalar.value());
            scalar.by().ifPresent(names::add);
        } else if (metric.result() instanceof ResultShape.Series series) {
            names.addAll(List.of(series.x(), series.y()));
            series.by().ifPresent(names::add);
        }
        return names;
    }

    private static void sql(Findings findings, Metric metric, MetricSource.Sql sql, String pointer) {
        List<String> declared = metric.inputs().stream().map(Input::key).toList();
        Optional<SqlText> text = SqlCheck.check(findings, sql.sql(), declared, pointer + "/sql");
        if (text.isPresent()) {
            declared.stream()
                    .filter(name -> !text.get().inputs().contains(name))
                    .forEach(name -> unusedInput(findings, pointer, name));
            resultColumns(metric).forEach(name -> column(findings, metric, name, pointer + "/result"));
        }
    }

    private static void latest(Findings findings, Metric metric, MetricSource.Latest latest, String pointer) {
        String at = pointer + "/latest";
        findings.store(latest.from(), at + "/from");
        findings.column(latest.from(), latest.column(), at + "/column");
        FeatureCheck.columns(findings, latest.from(), latest.by(), at + "/by");
        metric.inputs().forEach(input -> unusedInput(findings, pointer, input.key()));
        if (!latest.from().equals(new Ref(latest.from().kind(), ""))) {
            resultColumns(metric).forEach(name -> column(findings, metric, name, pointer + "/result"));
        }
    }

    private static void checks(Findings findings, Metric metric, MetricSource.Checks checks, String pointer) {
        findings.store(checks.of(), pointer + "/checks")
                .filter(store -> store instanceof Featurestore f && f.checks().isEmpty())
                .ifPresent(store -> findings.error(
                        ProblemCode.BAD_VALUE,
                        pointer + "/checks",
                        store.ref() + " declares no checks",
                        "add checks to it"));
        metric.inputs().forEach(input -> unusedInput(findings, pointer, input.key()));
        resultColumns(metric).forEach(name -> column(findings, metric, name, pointer + "/result"));
    }

    private static void expression(
            Findings findings, Metric metric, MetricSource.Expression expression, String pointer) {
        String at = pointer + "/expression";
        List<String> metrics =
                findings.template().metrics().stream().map(Metric::key).toList();
        expression
                .of()
                .forEach((variable, ref) ->
                        findings.known("metric", ref.key(), metrics, JsonPointer.child(at + "/of", variable)));
        findings.expression(expression.compute(), at + "/compute").ifPresent(parsed -> {
            for (String variable : parsed.variables()) {
                if (!findings.parameterVariable(variable, at + "/compute")
                        && !expression.of().containsKey(variable)) {
                    findings.error(
                            ProblemCode.BAD_EXPRESSION,
                            at + "/compute",
                            variable + " is not known",
                            DidYouMean.hint(variable, expression.of().keySet()));
                }
            }
            expression.of().keySet().stream()
                    .filter(variable -> !parsed.variables().contains(variable))
                    .forEach(variable -> findings.warning(
                            ProblemCode.UNUSED,
                            JsonPointer.child(at + "/of", variable),
                            "the formula does not use " + variable,
                            ""));
        });
    }

    private static void unusedInput(Findings findings, String pointer, String name) {
        findings.warning(
                ProblemCode.UNUSED, JsonPointer.child(pointer + "/inputs", name), "nothing uses input " + name, "");
    }

    /** A result column is named in the SQL, unless a star takes it over from a store or a nested query. */
    private static boolean mayGive(Findings findings, String sql, String name) {
        boolean named = Pattern.compile(
                        "(?<![a-z0-9_])" + Pattern.quote(name) + "(?![a-z0-9_])", Pattern.CASE_INSENSITIVE)
                .matcher(sql)
                .find();
        boolean star = Pattern.compile("(?i)(select|distinct|,|\\.)\\s*\\*")
                .matcher(sql)
                .find();
        // an unnamed CASE gives a column called case, which is a word of the SQL too
        return named || (star && anyStoreHas(findings, name));
    }

    private static boolean anyStoreHas(Findings findings, String name) {
        Template template = findings.template();
        return template.stores().stream()
                .anyMatch(s -> StoreColumns.of(template, s).find(name).isPresent());
    }
}
