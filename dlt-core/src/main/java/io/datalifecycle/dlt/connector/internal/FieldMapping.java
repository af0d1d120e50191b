package io.datalifecycle.dlt.connector.internal;

import io.datalifecycle.dlt.connector.internal.FieldSource.Named;
import io.datalifecycle.dlt.connector.internal.FieldSource.Scoped;
import io.datalifecycle.dlt.expression.ExpressionException;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.row.UnitConversion;
import io.datalifecycle.dlt.row.internal.RecordMapping;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.StoreColumns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The mapping of a connector: each column from a field, a pointer or an expression, units converted, arrays exploded. Thread-safe. */
final class FieldMapping implements RecordMapping {

    private final Map<String, FieldSource> columns = new LinkedHashMap<>();
    private final Map<String, UnitConversion> units = new LinkedHashMap<>();
    private final Set<String> consumed = new LinkedHashSet<>();
    private final tools.jackson.core.@Nullable JsonPointer explode;
    private final boolean keepsOthers;
    private final Map<String, ?> parameters;

    /** @param schema columns of the store; {@code parameters} are the workspace's */
    FieldMapping(Connector connector, RowSchema schema, Map<String, ?> parameters) {
        schema.columns().stream()
                .map(column -> column.name())
                .filter(name -> !name.equals(StoreColumns.EXTRA))
                .forEach(name -> columns.put(name, new Named(name)));
        connector.map().forEach((column, text) -> columns.put(column, FieldSource.parse(text)));
        connector
                .units()
                .forEach((column, from) -> schema.find(column)
                        .flatMap(known -> known.unit())
                        .flatMap(to -> UnitConversion.between(from, to))
                        .ifPresent(conversion -> units.put(column, conversion)));
        columns.values().forEach(source -> {
            if (source instanceof Named named) {
                consumed.add(named.name());
            }
        });
        this.explode =
                connector.explode().map(tools.jackson.core.JsonPointer::compile).orElse(null);
        this.keepsOthers = explode == null && schema.find(StoreColumns.EXTRA).isPresent();
        this.parameters = parameters;
    }

    /** Whether a connector only gives fields other names, which a CSV reader does by itself. */
    static boolean isRenaming(Connector connector) {
        return connector.explode().isEmpty()
                && connector.units().isEmpty()
                && connector.map().values().stream().allMatch(text -> FieldSource.parse(text) instanceof Named);
    }

    @Override
    public Set<String> fields() {
        return consumed;
    }

    @Override
    public List<Mapped> rows(JsonNode record, Lexis lexis) {
        if (explode == null) {
            return List.of(row(new Scoped(record, record, 0, lexis, parameters)));
        }
        JsonNode elements = record.at(explode);
        if (elements.isMissingNode() || elements.isNull()) {
            return List.of(refused("holds no array at " + explode + " (explode)"));
        }
        if (!elements.isArray()) {
            return List.of(row(new Scoped(record, elements, 0, lexis, parameters)));
        }
        List<Mapped> rows = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            rows.add(row(new Scoped(record, elements.get(i), i, lexis, parameters)));
        }
        return rows;
    }

    private static Mapped refused(String problem) {
        return new Mapped(
                JsonNodeFactory.instance.objectNode(), List.of(new Reason("", "mapping", "the record " + problem)));
    }

    private Mapped row(Scoped scope) {
        if (!scope.record().isObject()) {
            return refused("is no object");
        }
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        List<Reason> reasons = new ArrayList<>();
        columns.forEach((column, source) -> {
            try {
                JsonNode value = source.value(scope);
                if (value != null) {
                    row.set(column, cell(column, value, scope.lexis()));
                }
            } catch (ExpressionException e) {
                reasons.add(new Reason(JsonPointer.child("", column), "mapping", column + ": " + e.getMessage()));
            }
        });
        if (keepsOthers) {
            scope.record().properties().forEach(member -> {
                if (!consumed.contains(member.getKey()) && !row.has(member.getKey())) {
                    row.set(member.getKey(), member.getValue());
                }
            });
        }
        return new Mapped(row, reasons);
    }

    private JsonNode cell(String column, JsonNode value, Lexis lexis) {
        UnitConversion conversion = units.get(column);
        JsonNode number = conversion == null ? value : lexis.scalar(value);
        if (conversion == null || !number.isNumber()) {
            return lexis.forColumn(column, value);
        }
        double converted = conversion.apply(number.doubleValue());
        return Double.isFinite(converted)
                ? JsonNodeFactory.instance.numberNode(new BigDecimal(Double.toString(converted)))
                : value;
    }

    /** The mapping of a connector that does more than a reader does by itself; null for one that does not. */
    static @Nullable FieldMapping of(Connector connector, RowSchema schema, Map<String, ?> parameters, boolean csv) {
        boolean plain = connector.map().isEmpty()
                && connector.units().isEmpty()
                && connector.explode().isEmpty();
        return plain || (csv && isRenaming(connector)) ? null : new FieldMapping(connector, schema, parameters);
    }
}
