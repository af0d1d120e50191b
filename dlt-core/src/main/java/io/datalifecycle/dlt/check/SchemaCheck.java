package io.datalifecycle.dlt.check;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.SchemaRefs;
import io.datalifecycle.dlt.template.JsonSchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON Schemas of datastores: against their meta-schema, and against what we never follow or compute. */
final class SchemaCheck {

    private static final int MOST_BYTES = 256 * 1024;
    private static final String DRAFT_7 = "http://json-schema.org/draft-07/schema";
    private static final String DRAFT_2020_12 = "https://json-schema.org/draft/2020-12/schema";
    private static final Schema META_7 = metaSchema(SpecificationVersion.DRAFT_7, DRAFT_7 + "#");
    private static final Schema META_2020_12 = metaSchema(SpecificationVersion.DRAFT_2020_12, DRAFT_2020_12);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /** Keywords whose value is data or a group of named schemas, so that their keys are no keywords. */
    private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

    private static final Set<String> NAMED =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies");

    private final Findings findings;
    private final JsonSchema schema;
    private final String pointer;
    private boolean sound = true;

    private SchemaCheck(Findings findings, JsonSchema schema, String pointer) {
        this.findings = findings;
        this.schema = schema;
        this.pointer = pointer;
    }

    /** Whether the schema can be used. */
    static boolean check(Findings findings, JsonSchema schema, String pointer) {
        SchemaCheck check = new SchemaCheck(findings, schema, pointer);
        check.run();
        return check.sound;
    }

    private void run() {
        JsonNode node;
        try {
            node = MAPPER.valueToTree(schema.keywords());
            int bytes = MAPPER.writeValueAsString(schema.keywords()).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                problem(
                        pointer,
                        "the schema has " + bytes + " bytes, at most " + MOST_BYTES + " are allowed",
                        "split the datastore");
                return;
            }
        } catch (JacksonException e) {
            problem(pointer, "the schema cannot be written as JSON", "");
            return;
        }
        String draft = draft();
        if (draft.isEmpty()) {
            return;
        }
        walk(schema.keywords(), pointer);
        if (sound) {
            meta(node, draft);
        }
        if (sound) {
            shape();
            References.cyclic(schema)
                    .ifPresent(ref -> problem(pointer, "$ref " + ref + " leads back to itself", "break the circle"));
        }
    }

    private String draft() {
        Object named = schema.keywords().getOrDefault("$schema", DRAFT_2020_12);
        String id = String.valueOf(named).replaceAll("#$", "");
        if (id.equals(DRAFT_2020_12) || id.equals(DRAFT_7)) {
            return id;
        }
        problem(
                pointer + "/$schema",
                "$schema " + named + " is not supported",
                "use " + DRAFT_2020_12 + " or " + DRAFT_7 + "#");
        return "";
    }

    private void meta(JsonNode node, String draft) {
        Set<String> told = new HashSet<>();
        for (Error error : (draft.equals(DRAFT_7) ? META_7 : META_2020_12).validate(node)) {
            String at = pointer + error.getInstanceLocation();
            if (told.add(at)) {
                problem(at, message(error), "");
            }
        }
    }

    /** From the library's own copies; nothing is fetched. Messages do not depend on the machine's language. */
    private static Schema metaSchema(SpecificationVersion version, String location) {
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build();
        return SchemaRegistry.withDefaultDialect(version, builder -> builder.schemaRegistryConfig(config))
                .getSchema(SchemaLocation.of(location));
    }

    private static String message(Error error) {
        String found =
                error.getInstanceNode() == null ? "" : error.getInstanceNode().toString();
        return "the schema is not valid here" + (found.isEmpty() || found.length() > 60 ? "" : ", found " + found)
                + ": " + error.getMessage();
    }

    private void shape() {
        if (!"object".equals(schema.keywords().get("type"))) {
            problem(pointer, "the schema does not describe an object", "write type: object");
        } else if (schema.properties().isEmpty()) {
            problem(pointer, "the schema has no properties, so the store would have no columns", "declare properties");
        }
    }

    private void walk(Object value, String at) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                walk(list.get(i), JsonPointer.child(at, i));
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> keyword(String.valueOf(key), item, JsonPointer.child(at, String.valueOf(key))));
        }
    }

    private void keyword(String key, Object value, String at) {
        if (NAMED.contains(key) && value instanceof Map<?, ?> named) {
            named.forEach((name, item) -> {
                if (key.equals("patternProperties")) {
                    regex(String.valueOf(name), JsonPointer.child(at, String.valueOf(name)));
                }
                walk(item, JsonPointer.child(at, String.valueOf(name)));
            });
        } else if (key.equals("pattern") && value instanceof String regex) {
            regex(regex, at);
        } else if (key.equals("multipleOf") && value instanceof BigDecimal number) {
            multipleOf(number, at);
        } else if (Arrays.asList("$ref", "$dynamicRef", "$recursiveRef").contains(key) && value instanceof String ref) {
            reference(ref, at);
        } else if (Arrays.asList("$id", "id").contains(key)
                && value instanceof String
                && !at.equals(pointer + "/" + key)) {
            problem(at, key + " within a schema is not allowed", "leave it out; use $defs and #/$defs/name");
        } else if (!DATA.contains(key)) {
            walk(value, at);
        }
    }

    private void regex(String regex, String at) {
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            problem(
                    at,
                    "the pattern is not allowed: " + e.getDescription(),
                    "RE2 syntax is used, without look-around and back references");
        }
    }

    private void multipleOf(BigDecimal number, String at) {
        if (number.signum() <= 0 || Math.abs((long) number.scale()) > 308 || number.precision() > 38) {
            problem(
                    at,
                    "multipleOf: " + (number.precision() > 38 ? "the number" : number) + " is out of range",
                    "use a positive number from 1e-308 to 1e308");
        }
    }

    private void reference(String ref, String at) {
        if (!ref.startsWith("#")) {
            problem(at, "$ref " + ref + " leads out of the schema", "only references within the schema are followed");
        } else if (SchemaRefs.isPointer(ref)
                && SchemaRefs.resolve(schema.keywords(), ref).isEmpty()) {
            problem(at, "$ref " + ref + " leads nowhere", "declare it in $defs");
        }
    }

    private void problem(String at, String message, String hint) {
        sound = false;
        findings.error(ProblemCode.BAD_JSON_SCHEMA, at, message, hint);
    }
}
