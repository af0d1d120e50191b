package io.datalifecycle.dlt.template;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Types of workspace parameters and metric inputs; the label is what templates write. */
public enum ValueType {
    /** {@code String}. */
    STRING,
    /** {@code Double}. */
    NUMBER,
    /** {@code Long}. */
    INTEGER,
    /** {@code Boolean}. */
    BOOLEAN,
    /** {@code java.time.Instant}. */
    TIMESTAMP,
    /** {@code java.time.LocalDate}. */
    DATE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ValueType> of(String label) {
        for (ValueType type : values()) {
            if (type.label().equals(label)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /**
     * A value of this type's Java type from what a text form or a caller gives: numbers and booleans as such, times as text in RFC 3339
     * form or as {@link Instant}, dates as ISO text or {@link LocalDate}. Empty when the value is not of this type.
     */
    public Optional<Object> convert(Object raw) {
        return switch (this) {
            case STRING -> Optional.of(raw).filter(String.class::isInstance);
            case NUMBER ->
                Optional.of(raw)
                        .filter(Number.class::isInstance)
                        .map(n -> (Object) ((Number) n).doubleValue())
                        .filter(n -> Double.isFinite((Double) n));
            case INTEGER -> integer(raw);
            case BOOLEAN -> Optional.of(raw).filter(Boolean.class::isInstance);
            case TIMESTAMP ->
                raw instanceof Instant
                        ? Optional.of(raw)
                        : parsed(raw, t -> OffsetDateTime.parse(t).toInstant());
            case DATE -> raw instanceof LocalDate ? Optional.of(raw) : parsed(raw, LocalDate::parse);
        };
    }

    private static Optional<Object> integer(Object raw) {
        if (!(raw instanceof Number)) {
            return Optional.empty();
        }
        try {
            BigDecimal exact = new BigDecimal(raw.toString());
            return exact.precision() - exact.scale() > 20 ? Optional.empty() : Optional.of(exact.longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> parsed(Object raw, Function<String, Object> parser) {
        try {
            return raw instanceof String text ? Optional.of(parser.apply(text)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
