package io.datalifecycle.dlt.template;

import java.util.List;
import java.util.Optional;

/**
 * A value that each workspace gives for itself, used as {@code param.key} in expressions and <code>${param.key}</code> in texts. Immutable.
 *
 * @param key name
 * @param type type of the value
 * @param format {@code email}, {@code uri} or another JSON Schema format a string must have
 * @param required whether a workspace must give it; such a parameter has no default
 * @param defaultValue used where a workspace gives none; Java type as {@link ValueType} says
 * @param allowed the only values allowed; empty for any
 * @param unit unit for people
 * @param title name for people
 */
public record Parameter(
        String key,
        ValueType type,
        Optional<String> format,
        boolean required,
        Optional<Object> defaultValue,
        List<Object> allowed,
        Optional<String> unit,
        Optional<String> title) {

    public Parameter {
        allowed = List.copyOf(allowed);
    }
}
