package io.datalifecycle.dlt.row;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a property in the plainest form that means the same: references within the schema are put in place, {@code anyOf} with null
 * becomes a list of types. What cannot be written plainer keeps its keywords, with the type of what it leads to beside them.
 */
final class PlainSchema {

    private static final int MOST_STEPS = 50;

    /** Keywords that say nothing about which values are right. */
    private static final Set<String> ANNOTATIONS = Set.of(
            "title",
            "description",
            "$comment",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "unit",
            "decimal",
            "flatten",
            "column");

    private final Map<String, ? extends @Nullable Object> root;
    private final boolean isDraft7;

    PlainSchema(Map<String, ? extends @Nullable Object> root) {
        this.root = root;
        this.isDraft7 = String.valueOf(root.get("$schema")).contains("draft-07");
    }

    /** The property in plain form; the property itself when it is none of those that can be. */
    @Nullable
    Object of(@Nullable Object property) {
        return of(property, 0);
    }

    private @Nullable Object of(@Nullable Object property, int steps) {
        if (!(property instanceof Map<?, ?> schema) || steps > MOST_STEPS) {
            return property;
        }
        if (schema.get("$ref") instanceof String ref) {
            return referred(schema, ref, steps);
        }
        if (schema.get("allOf") instanceof List<?> all && all.size() == 1) {
            return within(schema, "allOf", of(all.get(0), steps + 1));
        }
        for (String union : List.of("anyOf", "oneOf")) {
            if (schema.get(union) instanceof List<?> branches && branches.size() == 2) {
                Object other = other(branches);
                Object plain = other == null ? null : nullable(of(other, steps + 1), union.equals("oneOf"));
                if (plain != null) {
                    return within(schema, union, plain);
                }
            }
        }
        return plainTypes(schema);
    }

    private @Nullable Object referred(Map<?, ?> schema, String ref, int steps) {
        Object target =
                SchemaRefs.isPointer(ref) ? SchemaRefs.resolve(root, ref).orElse(null) : null;
        if (target == null || ref.equals("#")) {
            return schema;
        }
        Map<?, ?> siblings = schema;
        if (isDraft7) { // where keywords beside a reference say nothing
            siblings = onlyAnnotations(schema, "$ref");
        }
        return within(siblings, "$ref", of(target, steps + 1));
    }

    private static Map<?, ?> onlyAnnotations(Map<?, ?> schema, String keyword) {
        Map<Object, @Nullable Object> kept = new LinkedHashMap<>();
        schema.forEach((name, value) -> {
            if (name.equals(keyword) || ANNOTATIONS.contains(String.valueOf(name))) {
                kept.put(name, value);
            }
        });
        return kept;
    }

    /** The inner schema in the place of the keyword that held it; beside other rules, the keyword stays and only the type is taken. */
    private static Object within(Map<?, ?> schema, String keyword, @Nullable Object inner) {
        if (!(inner instanceof Map<?, ?> plain)) {
            return schema;
        }
        boolean alone = schema.keySet().stream()
                .allMatch(name -> name.equals(keyword) || ANNOTATIONS.contains(String.valueOf(name)));
        Map<Object, @Nullable Object> merged = new LinkedHashMap<>(plain);
        schema.forEach((name, value) -> {
            if (!alone || !name.equals(keyword)) {
                merged.put(name, value);
            }
        });
        return merged;
    }

    /** The branch beside {@code {type: null}}. */
    private static @Nullable Object other(List<?> branches) {
        for (int i = 0; i < 2; i++) {
            if (branches.get(i) instanceof Map<?, ?> branch
                    && "null".equals(branch.get("type"))
                    && onlyAnnotations(branch, "type").size() == branch.size()) {
                return branches.get(1 - i);
            }
        }
        return null;
    }

    /** The schema with null allowed too; null where that cannot be written plainly. */
    private static @Nullable Object nullable(@Nullable Object inner, boolean exclusive) {
        if (!(inner instanceof Map<?, ?> schema) || schema.get("type") == null || schema.containsKey("$ref")) {
            return null;
        }
        List<String> types = types(schema);
        if (types.contains("null")) {
            return exclusive ? null : schema;
        }
        List<String> more = new ArrayList<>(types);
        more.add("null");
        Map<Object, @Nullable Object> wider = new LinkedHashMap<>(schema);
        wider.put("type", more);
        if (schema.get("enum") instanceof List<?> values) {
            List<@Nullable Object> withNull = new ArrayList<>(values);
            withNull.add(null);
            wider.put("enum", withNull);
        }
        if (schema.containsKey("const")) {
            return null;
        }
        return wider;
    }

    /** A list of one type as that type; integer beside number says nothing. */
    private static Map<?, ?> plainTypes(Map<?, ?> schema) {
        if (!(schema.get("type") instanceof List<?>)) {
            return schema;
        }
        List<String> types = new ArrayList<>(types(schema));
        boolean changed = types.contains("number") && types.remove("integer");
        if (!changed) {
            return schema;
        }
        Map<Object, @Nullable Object> plain = new LinkedHashMap<>(schema);
        plain.put("type", types);
        return plain;
    }

    static List<String> types(Map<?, ?> schema) {
        Object type = schema.get("type");
        if (type instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return type == null ? List.of() : List.of(type.toString());
    }
}
