package io.datalifecycle.dlt.expression;

import io.datalifecycle.dlt.problem.ProblemCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.jexl3.JexlContext;
import org.jspecify.annotations.Nullable;

/** Gives an expression plain values and nothing else; dotted names are looked up whole, then through nested maps. */
final class Scope implements JexlContext {

    private static final Object MISSING = new Object();

    private final Map<String, ?> values;

    Scope(Map<String, ?> values) {
        this.values = values;
    }

    @Override
    public @Nullable Object get(String name) {
        if (values.containsKey(name)) {
            Object value = values.get(name);
            return value instanceof Map<?, ?> ? null : plain(value);
        }
        Object found = nested(name);
        return found == MISSING ? null : plain(found);
    }

    @Override
    public boolean has(String name) {
        return values.containsKey(name) ? !(values.get(name) instanceof Map<?, ?>) : nested(name) != MISSING;
    }

    @Override
    public void set(String name, Object value) {
        throw new ExpressionException(ProblemCode.EXPRESSION_FAILED, "nothing can be assigned");
    }

    private @Nullable Object nested(String name) {
        int dot = name.indexOf('.');
        if (dot > 0
                && values.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                && inner.containsKey(name.substring(dot + 1))) {
            return inner.get(name.substring(dot + 1));
        }
        return MISSING;
    }

    /** Numbers become Long or Double, other values stay when they are plain; null and NaN become {@link NoValue}. */
    static Object plain(@Nullable Object value) {
        if (value == null || value instanceof NoValue) {
            return NoValue.INSTANCE;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Boolean || value instanceof String || value instanceof Temporal) {
            return value;
        }
        if (value instanceof UUID || value instanceof Character) {
            return value.toString();
        }
        throw new ExpressionException(
                ProblemCode.EXPRESSION_FAILED,
                "a value of type " + value.getClass().getSimpleName() + " cannot be used");
    }

    private static Object number(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        if (number instanceof BigInteger big && big.bitLength() < Long.SIZE) {
            return big.longValue();
        }
        if (number instanceof BigDecimal big && big.scale() == 0 && big.precision() < 19) {
            return big.longValue();
        }
        double value = number.doubleValue();
        return Double.isFinite(value) ? (Object) value : NoValue.INSTANCE;
    }
}
