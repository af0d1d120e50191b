package io.datalifecycle.dlt.template;

import java.util.Optional;

/**
 * A bind parameter of a metric, {@code :key} in its SQL. Immutable.
 *
 * @param key name
 * @param type type of the value
 * @param required whether a value must be given; without one the bind is null
 * @param defaultValue used when none is given
 */
public record Input(String key, ValueType type, boolean required, Optional<Object> defaultValue) {}
