package io.datalifecycle.dlt.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.datalifecycle.dlt.template.Template;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The reader and the published schema know the same keys; {@code everything.yaml} uses each of them. */
class LanguageSchemaTest {

    private static final TemplateLibrary LIBRARY =
            TemplateLibrary.of(Template.define("common", "1.0.0", t -> t.channel("shared", c -> c.log())));
    private static final JsonNode SCHEMA = JsonMapper.shared().readTree(LanguageSchema.json());
    private final Set<String> reached = new TreeSet<>();

    @ParameterizedTest
    @ValueSource(strings = {"pump_station.yaml", "pump_station.canonical.yaml", "everything.yaml"})
    void samplesSatisfyTheSchema(String sample) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SCHEMA);

        assertThat(schema.validate(YAMLMapper.shared().readTree(RoundTripTest.resource(sample))))
                .isEmpty();
    }

    @Test
    void readerAndSchemaKnowTheSameKeys() {
        String text = RoundTripTest.resource("everything.yaml");
        Findings findings = new Findings();
        TemplateDraft draft = TemplateReader.draft(text, findings, LIBRARY);
        JsonNode sample = YAMLMapper.shared().readTree(text);

        assertThat(draft.problems()).isEmpty();
        findings.knownKeys().forEach((pointer, keys) -> {
            JsonNode group = schemaAt(pointer, sample);
            Set<String> declared = new TreeSet<>(group.path("properties").propertyNames());
            boolean open = group.path("additionalProperties").asBoolean(false);
            if (open) {
                assertThat(keys).as(pointer).containsAll(declared);
            } else {
                assertThat(new TreeSet<>(keys)).as(pointer).isEqualTo(declared);
            }
        });
    }

    @Test
    void theSampleReachesEveryGroupOfTheSchema() {
        String text = RoundTripTest.resource("everything.yaml");
        Findings findings = new Findings();
        TemplateReader.draft(text, findings, LIBRARY);
        JsonNode sample = YAMLMapper.shared().readTree(text);
        findings.knownKeys().keySet().forEach(pointer -> schemaAt(pointer, sample));

        Set<String> groups = new TreeSet<>();
        SCHEMA.get("$defs")
                .propertyStream()
                .filter(e -> e.getValue().has("properties"))
                .forEach(e -> groups.add(e.getKey()));
        assertThat(reached).isEqualTo(groups);
    }

    /** Walks the schema along a pointer into the sample, through references, maps, lists and alternatives. */
    private JsonNode schemaAt(String pointer, JsonNode sample) {
        JsonNode schema = SCHEMA;
        JsonNode value = sample;
        for (String part :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/")) {
            value = value.isArray() ? value.get(Integer.parseInt(part)) : value.get(part.replace("~1", "/"));
            JsonNode next = schema.path("properties").path(part);
            next = next.isMissingNode() && schema.has("items") ? schema.get("items") : next;
            schema = resolve(next.isMissingNode() ? schema.path("additionalProperties") : next, value);
        }
        return schema;
    }

    private JsonNode resolve(JsonNode schema, JsonNode value) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asString().substring("#/$defs/".length());
            JsonNode target = SCHEMA.get("$defs").get(name);
            if (target.has("properties")) {
                reached.add(name);
            }
            return resolve(target, value);
        }
        if (schema.has("oneOf") && !schema.has("properties")) {
            for (JsonNode alternative : schema.get("oneOf")) {
                JsonNode target = alternative.has("$ref")
                        ? SCHEMA.get("$defs")
                                .get(alternative.get("$ref").asString().substring("#/$defs/".length()))
                        : alternative;
                JsonNode type = target.path("properties").path("type").path("const");
                if (target.has("properties") && (type.isMissingNode() || type.equals(value.path("type")))) {
                    return resolve(alternative, value);
                }
            }
        }
        return schema;
    }
}
