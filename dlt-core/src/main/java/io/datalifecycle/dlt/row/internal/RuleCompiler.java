package io.datalifecycle.dlt.row.internal;

import com.networknt.schema.format.Format;
import com.networknt.schema.format.Formats;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.row.SchemaColumns;
import io.datalifecycle.dlt.row.SchemaColumns.Leaf;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the common keywords of a JSON Schema into rules that read a row in one pass. A schema with any other keyword is
 * judged by the arbiter on the tree of each row, and the rules then only type what the arbiter has let through.
 */
public final class RuleCompiler {

    /** Keywords that no rule knows, wherever they stand. */
    private static final Set<String> ONLY_ARBITER = Set.of(
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "dependentSchemas",
            "dependentRequired",
            "dependencies",
            "patternProperties",
            "propertyNames",
            "minProperties",
            "maxProperties",
            "unevaluatedProperties",
            "unevaluatedItems",
            "items",
            "prefixItems",
            "additionalItems",
            "contains",
            "minContains",
            "maxContains",
            "minItems",
            "maxItems",
            "uniqueItems",
            "$ref",
            "$dynamicRef",
            "$recursiveRef");

    private static final Set<String> NESTED = Set.of("properties", "required", "additionalProperties");

    private static final Set<String> VALUE_KEYWORDS = Set.of(
            "enum",
            "const",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "pattern",
            "format");

    private RuleCompiler() {}

    /**
     * Compiles a schema.
     *
     * @param schema the keywords, numbers as {@code BigDecimal}
     * @param columns of the store, as {@link SchemaColumns} gives them, then maybe one for what the schema does not name
     * @param time name of the time column
     * @param coerce whether safe conversions are tried on a row that breaks the schema
     */
    public static RowRules compile(
            Map<String, @Nullable Object> schema, RowSchema columns, String time, boolean coerce) {
        List<Leaf> leaves = SchemaColumns.of(schema);
        boolean common = isCommonRoot(schema)
                && leaves.stream()
                        .allMatch(leaf -> leaf.path().size() == 1
                                && isCommon(leaf.column().type(), leaf.property()));
        List<?> names = schema.get("required") instanceof List<?> list ? list : List.of();
        boolean[] required = new boolean[columns.size()];
        List<ColumnRule> rules = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            Leaf leaf = leaves.get(i);
            rules.add(rule(i, leaf, common));
            required[i] =
                    common ? names.contains(leaf.path().get(0)) : leaf.column().required();
        }
        Arbiter arbiter = common ? null : new Arbiter(schema);
        return new RowRules(columns, rules, required, columns.indexOf(time), coerce, arbiter);
    }

    private static boolean isCommonRoot(Map<String, @Nullable Object> schema) {
        Object additional = schema.get("additionalProperties");
        Object type = schema.get("type");
        Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> map ? map : Map.of();
        List<?> required = schema.get("required") instanceof List<?> list ? list : List.of();
        return schema.keySet().stream().noneMatch(ONLY_ARBITER::contains)
                && !schema.containsKey("enum")
                && !schema.containsKey("const")
                && (additional == null || additional instanceof Boolean)
                && (type == null || type.equals("object"))
                && required.stream().allMatch(properties::containsKey)
                && isKnownDraft(schema.get("$schema"));
    }

    private static boolean isKnownDraft(@Nullable Object uri) {
        return uri == null
                || uri.toString().contains("2020-12")
                || uri.toString().contains("draft-07");
    }

    private static boolean isCommon(ColumnType type, @Nullable Object property) {
        if (!(property instanceof Map<?, ?> schema)) {
            return !Boolean.FALSE.equals(property);
        }
        Stream<String> used = schema.keySet().stream().map(String::valueOf);
        return switch (type) {
            case DOUBLE, BIGINT, DECIMAL, TEXT -> used.noneMatch(ONLY_ARBITER::contains);
            case BOOLEAN -> used.noneMatch(k -> ONLY_ARBITER.contains(k) || k.equals("enum") || k.equals("const"));
            case TIMESTAMP, DATE, UUID ->
                used.noneMatch(k -> ONLY_ARBITER.contains(k) || (VALUE_KEYWORDS.contains(k) && !k.equals("format")));
            case JSON ->
                used.noneMatch(k -> ONLY_ARBITER.contains(k) || NESTED.contains(k) || VALUE_KEYWORDS.contains(k));
            case TIME -> false;
        };
    }

    private static ColumnRule rule(int index, Leaf leaf, boolean common) {
        Map<?, ?> schema = common && leaf.property() instanceof Map<?, ?> map ? map : Map.of();
        boolean nullable = common ? allowsNull(schema) : !leaf.column().required();
        return switch (leaf.column().type()) {
            case DOUBLE, BIGINT -> new NumberRule(index, leaf, nullable, new NumberBounds(schema));
            case DECIMAL ->
                new DecimalRule(index, leaf, nullable, types(schema).contains("integer"), new NumberBounds(schema));
            case BOOLEAN -> new BooleanRule(index, leaf, nullable);
            case TIMESTAMP -> new TimeRule(index, leaf, nullable);
            case DATE -> new DateRule(index, leaf, nullable);
            case UUID -> new UuidRule(index, leaf, nullable);
            case JSON -> new JsonRule(index, leaf, nullable, types(schema));
            case TEXT, TIME -> new TextRule(index, leaf, nullable, new TextBounds(schema, format(schema)));
        };
    }

    private static boolean allowsNull(Map<?, ?> schema) {
        boolean byType = !schema.containsKey("type") || types(schema).contains("null");
        boolean byEnum = !(schema.get("enum") instanceof List<?> list) || list.contains(null);
        boolean byConst = !schema.containsKey("const") || schema.get("const") == null;
        return byType && byEnum && byConst;
    }

    private static Set<String> types(Map<?, ?> schema) {
        Set<String> types = new LinkedHashSet<>();
        Object type = schema.get("type");
        if (type instanceof List<?> list) {
            list.forEach(name -> types.add(String.valueOf(name)));
        } else if (type != null) {
            types.add(type.toString());
        }
        return types;
    }

    private static @Nullable Format format(Map<?, ?> schema) {
        if ("email".equals(schema.get("format"))) {
            return new MailFormat();
        }
        return Formats.DEFAULT.stream()
                .filter(format -> format.getName().equals(schema.get("format")))
                .findFirst()
                .orElse(null);
    }
}
