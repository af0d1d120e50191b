package io.datalifecycle.dlt.connector.internal;

import io.datalifecycle.dlt.connector.internal.FieldSource.Scoped;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A record as an expression sees it: its members, {@code record} for the whole of it, {@code index}, {@code param.key}. Unmodifiable. */
final class Members extends AbstractMap<String, @Nullable Object> {

    private final Scoped scope;

    Members(Scoped scope) {
        this.scope = scope;
    }

    /** Any name may be asked for: a field that a record lacks is no value, not an error. */
    @Override
    public boolean containsKey(Object key) {
        return !String.valueOf(key).contains(".") || scope.member(String.valueOf(key)) != null;
    }

    @Override
    public @Nullable Object get(Object key) {
        String name = String.valueOf(key);
        JsonNode member = scope.member(name);
        if (member != null) {
            return plain(member);
        }
        return switch (name) {
            case "record" -> new Members(new Scoped(scope.record(), scope.record(), 0, scope.lexis(), Map.of()));
            case "index" -> (long) scope.index();
            case "value" -> scope.element().isContainer() ? null : plain(scope.element());
            case "param" -> scope.parameters();
            default -> null;
        };
    }

    private @Nullable Object plain(JsonNode value) {
        JsonNode scalar = scope.lexis().scalar(value);
        if (scalar.isObject()) {
            return new Members(new Scoped(scalar, scalar, 0, scope.lexis(), Map.of()));
        }
        if (scalar.isNumber()) {
            return scalar.isIntegralNumber() && scalar.canConvertToLong()
                    ? (Object) scalar.longValue()
                    : scalar.decimalValue();
        }
        if (scalar.isBoolean()) {
            return scalar.booleanValue();
        }
        return scalar.isString() ? scalar.stringValue() : null;
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        scope.element().properties().forEach(member -> all.put(member.getKey(), plain(member.getValue())));
        return all.entrySet();
    }
}
