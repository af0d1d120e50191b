package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A typed value as builders declare it: a field of a datastore, a workspace parameter, an input of a metric or a column of an
 * inferencestore. Immutable; every method gives a changed copy. Without {@link #required()} null is allowed.
 */
public final class Field {

    private final ColumnType type;
    private final Map<String, Object> keywords;
    private final boolean required;
    private final Optional<Object> defaultValue;
    private final Names names;

    private Field(
            ColumnType type,
            Map<String, Object> keywords,
            boolean required,
            Optional<Object> defaultValue,
            Names names) {
        this.type = type;
        this.keywords = keywords;
        this.required = required;
        this.defaultValue = defaultValue;
        this.names = names;
    }

    public static Field number() {
        return of(ColumnType.DOUBLE);
    }

    /** A number with a unit for people. */
    public static Field number(String unit) {
        return number().unit(unit);
    }

    /** A number that keeps all its digits, for instance money; a number in JSON, {@code numeric} in the database. */
    public static Field decimal() {
        return of(ColumnType.DECIMAL).keyword("decimal", true);
    }

    public static Field integer() {
        return of(ColumnType.BIGINT);
    }

    /** A whole number with a unit for people. */
    public static Field integer(String unit) {
        return integer().unit(unit);
    }

    public static Field text() {
        return of(ColumnType.TEXT);
    }

    /** A text of at most that many characters. */
    public static Field text(int maxLength) {
        return text().keyword("maxLength", BigDecimal.valueOf(maxLength));
    }

    public static Field bool() {
        return of(ColumnType.BOOLEAN);
    }

    /** An instant, written as RFC 3339 says. */
    public static Field timestamp() {
        return of(ColumnType.TIMESTAMP);
    }

    public static Field date() {
        return of(ColumnType.DATE);
    }

    public static Field uuid() {
        return of(ColumnType.UUID);
    }

    /** Any JSON value. */
    public static Field json() {
        return of(ColumnType.JSON);
    }

    public static Field email() {
        return text().format("email");
    }

    /** One of these texts. */
    public static Field oneOf(String... values) {
        return text().keyword("enum", List.of((Object[]) values));
    }

    private static Field of(ColumnType type) {
        return new Field(type, Map.of(), false, Optional.empty(), Names.NONE);
    }

    /** A value must be given and is not null. */
    public Field required() {
        return new Field(type, keywords, true, defaultValue, names);
    }

    /** The value of a parameter or input for which none is given (YAML {@code default}). */
    public Field defaultsTo(Object value) {
        return new Field(type, keywords, required, Optional.of(value), names);
    }

    /** Name for people. */
    public Field title(String text) {
        return new Field(type, keywords, required, defaultValue, new Names(Optional.of(text), names.old()));
    }

    /** What the parameter or column was called in the version before; its values are kept (YAML {@code renamed_from}, {@code renamed_columns}). */
    public Field renamedFrom(String oldName) {
        return new Field(type, keywords, required, defaultValue, new Names(names.title(), Optional.of(oldName)));
    }

    /** Unit for people. */
    public Field unit(String unit) {
        return keyword("unit", unit);
    }

    /** Name of the column, where it is not to be the field's. */
    public Field column(String name) {
        return keyword("column", name);
    }

    /** JSON Schema {@code format}. */
    public Field format(String format) {
        return keyword("format", format);
    }

    /** Smallest number allowed. */
    public Field minimum(double value) {
        return keyword("minimum", BigDecimal.valueOf(value));
    }

    /** Largest number allowed. */
    public Field maximum(double value) {
        return keyword("maximum", BigDecimal.valueOf(value));
    }

    /** Regular expression (RE2) that a text must match somewhere. */
    public Field pattern(String regex) {
        return keyword("pattern", regex);
    }

    boolean isRequired() {
        return required;
    }

    Column asColumn(String name) {
        return new Column(name, type, required, unitText());
    }

    /** The JSON Schema of a property. */
    Map<String, @Nullable Object> property() {
        Map<String, @Nullable Object> property = new LinkedHashMap<>();
        String jsonType = jsonType();
        if (!jsonType.isEmpty()) {
            property.put("type", required ? jsonType : List.of(jsonType, "null"));
        }
        if (!format().isEmpty()) {
            property.put("format", format());
        }
        keywords.forEach(property::putIfAbsent);
        if (!required && keywords.get("enum") instanceof List<?> values) {
            List<@Nullable Object> withNull = new ArrayList<>(values);
            withNull.add(null);
            property.put("enum", withNull);
        }
        names.title().ifPresent(text -> property.put("title", text));
        return property;
    }

    Optional<ValueType> valueType() {
        return switch (type) {
            case TEXT -> Optional.of(ValueType.STRING);
            case DOUBLE -> Optional.of(ValueType.NUMBER);
            case BIGINT -> Optional.of(ValueType.INTEGER);
            case BOOLEAN -> Optional.of(ValueType.BOOLEAN);
            case TIMESTAMP -> Optional.of(ValueType.TIMESTAMP);
            case DATE -> Optional.of(ValueType.DATE);
            case DECIMAL, TIME, UUID, JSON -> Optional.empty();
        };
    }

    Optional<Object> defaultValue() {
        return defaultValue;
    }

    Optional<String> titleText() {
        return names.title();
    }

    Optional<String> oldName() {
        return names.old();
    }

    /** Name of the column that a field of this name becomes. */
    String columnName(String name) {
        return String.valueOf(keywords.getOrDefault("column", name));
    }

    Optional<String> unitText() {
        return Optional.ofNullable(keywords.get("unit")).map(String::valueOf);
    }

    Optional<String> formatText() {
        return Optional.ofNullable(keywords.get("format")).map(String::valueOf);
    }

    List<Object> allowed() {
        return keywords.get("enum") instanceof List<?> values ? new ArrayList<>(values) : List.of();
    }

    /** Keywords that a parameter or input cannot carry. */
    List<String> schemaOnlyKeywords() {
        return Arrays.asList("maxLength", "minimum", "maximum", "pattern", "column").stream()
                .filter(keywords::containsKey)
                .toList();
    }

    private String format() {
        return switch (type) {
            case TIMESTAMP -> "date-time";
            case DATE -> "date";
            case UUID -> "uuid";
            default -> formatText().orElse("");
        };
    }

    private String jsonType() {
        return switch (type) {
            case DOUBLE, DECIMAL -> "number";
            case BIGINT -> "integer";
            case BOOLEAN -> "boolean";
            case TEXT, TIMESTAMP, DATE, TIME, UUID -> "string";
            case JSON -> "";
        };
    }

    private Field keyword(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(keywords);
        more.put(name, value);
        return new Field(type, more, required, defaultValue, names);
    }

    /** What people call it, and what it was called before. */
    private record Names(Optional<String> title, Optional<String> old) {
        static final Names NONE = new Names(Optional.empty(), Optional.empty());
    }
}
