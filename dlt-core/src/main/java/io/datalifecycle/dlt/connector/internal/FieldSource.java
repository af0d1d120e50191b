package io.datalifecycle.dlt.connector.internal;

import io.datalifecycle.dlt.expression.Expression;
import io.datalifecycle.dlt.row.internal.RecordMapping.Lexis;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Where the value of a column comes from. Immutable. */
sealed interface FieldSource {

    /** The value within a record; null when there is none. */
    @Nullable
    JsonNode value(Scoped scope);

    /** As templates write it: {@code name}, {@code /a/b}, {@code ./a/b} or {@code = expression}. */
    static FieldSource parse(String text) {
        if (text.startsWith("=")) {
            return new Computed(Expression.parse(text.substring(1).strip()));
        }
        if (text.startsWith("/")) {
            return new Pointed(JsonPointer.compile(text), false);
        }
        if (text.equals(".") || text.startsWith("./")) {
            return new Pointed(JsonPointer.compile(text.substring(1)), true);
        }
        return new Named(text);
    }

    /**
     * A record with the element it is seen through.
     *
     * @param record the whole record
     * @param element an exploded element, else the record
     * @param index number of the element from 0
     * @param lexis how texts are read
     * @param parameters of the workspace, as {@code param.key}
     */
    record Scoped(JsonNode record, JsonNode element, int index, Lexis lexis, Map<String, ?> parameters) {

        /** A member of the element, or of the record where the element has none of that name. */
        @Nullable
        JsonNode member(String name) {
            JsonNode own = element.get(name);
            return own == null && element != record ? record.get(name) : own;
        }
    }

    /** A member. */
    record Named(String name) implements FieldSource {
        @Override
        public @Nullable JsonNode value(Scoped scope) {
            return scope.member(name);
        }
    }

    /** A JSON pointer into the record, or into the element. */
    record Pointed(JsonPointer pointer, boolean inElement) implements FieldSource {
        @Override
        public @Nullable JsonNode value(Scoped scope) {
            JsonNode found = (inElement ? scope.element() : scope.record()).at(pointer);
            return found.isMissingNode() ? null : found;
        }
    }

    /** An expression over the members. */
    record Computed(Expression expression) implements FieldSource {
        @Override
        public @Nullable JsonNode value(Scoped scope) {
            Object result = expression.evaluate(new Members(scope));
            if (result == null) {
                return null;
            }
            JsonNodeFactory nodes = JsonNodeFactory.instance;
            if (result instanceof Boolean truth) {
                return nodes.booleanNode(truth);
            }
            if (result instanceof Long whole) {
                return nodes.numberNode(whole);
            }
            if (result instanceof Double number) {
                return nodes.numberNode(new java.math.BigDecimal(number.toString()));
            }
            return nodes.stringNode(result.toString());
        }
    }
}
