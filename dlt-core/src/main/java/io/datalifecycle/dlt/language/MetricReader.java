package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.Node.Scalar;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Input;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.RefKind;
import io.datalifecycle.dlt.template.ResultShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads metrics. */
final class MetricReader {

    private static final List<String> SOURCES = List.of("sql", "latest", "expression", "checks");
    private static final List<String> SHAPES = List.of("scalar", "series", "table");

    private MetricReader() {}

    static Metric read(String key, Fields fields) {
        Optional<String> title = fields.text("title");
        Optional<String> description = fields.text("description");
        Optional<MetricSource> source = source(fields);
        List<Input> inputs = new ArrayList<>();
        fields.group("inputs")
                .ifPresent(group -> group.each((name, input) -> inputs.add(ValueReader.input(name, input))));
        Optional<ResultShape> given = result(fields);
        Optional<ResultShape> shape = given.or(() -> source.flatMap(MetricSource::defaultResult));
        if (shape.isEmpty() && !fields.has("result")) {
            fields.missing("result");
        }
        fields.close();
        return new Metric(
                key,
                title,
                description,
                source.orElse(new MetricSource.Sql("")),
                inputs,
                shape.orElse(new ResultShape.Table(Map.of())));
    }

    private static Optional<MetricSource> source(Fields fields) {
        List<String> given = SOURCES.stream().filter(fields::has).toList();
        SOURCES.forEach(fields::node);
        if (given.size() != 1) {
            String message = given.isEmpty()
                    ? "it has no sql, latest, expression or checks"
                    : String.join(" and ", given) + " cannot be combined";
            fields.error(ProblemCode.MISSING_KEY, "", message, "a metric has exactly one of them");
            return Optional.empty();
        }
        return switch (given.get(0)) {
            case "sql" -> Optional.of(new MetricSource.Sql(fields.needText("sql")));
            case "latest" -> fields.group("latest").map(MetricReader::latest);
            case "checks" -> fields.ref("checks", RefKind.FEATURESTORE).map(MetricSource.Checks::new);
            default -> fields.group("expression").map(MetricReader::expression);
        };
    }

    private static MetricSource latest(Fields fields) {
        MetricSource latest =
                new MetricSource.Latest(fields.needRef("from", null), fields.needText("column"), fields.texts("by"));
        fields.close();
        return latest;
    }

    private static MetricSource expression(Fields fields) {
        Map<String, Ref> of = new LinkedHashMap<>();
        Fields variables = fields.needGroup("of");
        variables.keys().forEach(name -> variables.ref(name, RefKind.METRIC).ifPresent(ref -> of.put(name, ref)));
        MetricSource expression = new MetricSource.Expression(of, fields.needText("compute"));
        fields.close();
        return expression;
    }

    /** {@code result: table} says the same as {@code result: {table: {}}}. */
    private static Optional<ResultShape> result(Fields fields) {
        Optional<Node> node = fields.node("result");
        if (node.filter(n -> n instanceof Scalar scalar && "table".equals(scalar.value()))
                .isPresent()) {
            return Optional.of(new ResultShape.Table(Map.of()));
        }
        Optional<Fields> group = fields.group("result");
        if (group.isEmpty()) {
            return Optional.empty();
        }
        Fields shapes = group.get();
        List<String> given = SHAPES.stream().filter(shapes::has).toList();
        SHAPES.forEach(shapes::node);
        shapes.close();
        if (given.size() != 1) {
            fields.badValue("result", "result: exactly one of scalar, series, table is needed", "");
            return Optional.empty();
        }
        return shapes.group(given.get(0)).map(shape -> shape(given.get(0), shape));
    }

    private static ResultShape shape(String kind, Fields fields) {
        ResultShape shape = switch (kind) {
            case "scalar" -> new ResultShape.Scalar(fields.needText("value"), fields.text("by"), fields.text("unit"));
            case "series" ->
                new ResultShape.Series(
                        fields.needText("x"), fields.needText("y"), fields.text("by"), fields.text("unit"));
            default -> new ResultShape.Table(fields.textMap("units"));
        };
        fields.close();
        return shape;
    }
}
