package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.Node.Items;
import io.datalifecycle.dlt.language.Node.Scalar;
import io.datalifecycle.dlt.template.Input;
import io.datalifecycle.dlt.template.Parameter;
import io.datalifecycle.dlt.template.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads workspace parameters and inputs of metrics. */
final class ValueReader {

    static final List<String> TYPES =
            Arrays.stream(ValueType.values()).map(ValueType::label).toList();

    private ValueReader() {}

    static Parameter parameter(String key, Fields fields) {
        ValueType type = type(fields);
        Parameter parameter = new Parameter(
                key,
                type,
                fields.text("format"),
                fields.flag("required", false),
                defaultValue(fields, type),
                allowed(fields, type),
                fields.text("unit"),
                fields.text("title"));
        fields.close();
        return parameter;
    }

    static Input input(String key, Fields fields) {
        ValueType type = type(fields);
        Input input = new Input(key, type, fields.flag("required", false), defaultValue(fields, type));
        fields.close();
        return input;
    }

    private static ValueType type(Fields fields) {
        return fields.need("type", fields.oneOf("type", ValueType::of, TYPES), ValueType.STRING);
    }

    private static Optional<Object> defaultValue(Fields fields, ValueType type) {
        Optional<Node> node = fields.node("default");
        Optional<Object> value = node.flatMap(n -> convert(n, type));
        if (node.isPresent() && value.isEmpty()) {
            fields.wrongType("default", "a value of type " + type.label(), "");
        }
        return value;
    }

    private static List<Object> allowed(Fields fields, ValueType type) {
        Optional<Node> node = fields.node("allowed");
        if (node.isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>();
        if (node.get() instanceof Items items) {
            items.items().forEach(item -> convert(item, type).ifPresent(values::add));
            if (values.size() == items.items().size()) {
                return values;
            }
        }
        fields.wrongType("allowed", "a list of values of type " + type.label(), "");
        return List.of();
    }

    private static Optional<Object> convert(Node node, ValueType type) {
        return node instanceof Scalar scalar && scalar.value() != null
                ? type.convert(scalar.value())
                : Optional.empty();
    }
}
