package io.datalifecycle.dlt.row.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datalifecycle.dlt.SharedData;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.row.SchemaRefs;
import io.datalifecycle.dlt.row.internal.Reading.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The required tests of the public JSON Schema suite, as rows: each document is the property {@code v} of a row whose schema has the
 * test's schema there, and again the row itself where it is an object.
 */
class SchemaSuiteTest {

    private static final String DRAFT_7 = "http://json-schema.org/draft-07/schema#";

    private final List<String> differences = new ArrayList<>();
    private final Set<String> refusedSchemas = new TreeSet<>();
    private int judged;
    private int unstorable;

    @ParameterizedTest
    @CsvSource({"draft2020-12,1618", "draft7,1148"})
    void everyDocumentThatCanBeJudgedIsJudgedRight(String draft, int atLeast) throws IOException {
        Path suite = SharedData.find("json-schema-test-suite/tests/" + draft).orElse(null);
        assumeTrue(suite != null, "skipped: ../shared/data/json-schema-test-suite is not there");
        try (Stream<Path> files = Files.list(suite)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                for (JsonNode group : Json.MAPPER.readTree(Files.readString(file))) {
                    group(draft, file.getFileName().toString(), group);
                }
            }
        }
        System.out.printf(
                "%s: %d judged right, %d valid but not to be stored, %d wrong; %d schemas refused: %s%n",
                draft, judged, unstorable, differences.size(), refusedSchemas.size(), refusedSchemas);
        assertThat(differences).isEmpty();
        assertThat(judged).isGreaterThanOrEqualTo(atLeast);
        assertThat(refusedSchemas)
                .as("schemas that lead elsewhere, or hold patterns RE2 does not know")
                .hasSizeLessThan(60);
    }

    private void group(String draft, String file, JsonNode group) {
        String name = file + " " + group.get("description").stringValue();
        JsonNode schema = group.get("schema");
        ObjectNode row = Json.MAPPER.createObjectNode();
        if (draft.equals("draft7")) {
            row.put("$schema", DRAFT_7);
        }
        row.put("type", "object");
        row.putObject("properties").set("v", within(schema));
        RowRules wrapped = rules(name, row);
        for (JsonNode test : group.get("tests")) {
            if (wrapped != null) {
                ObjectNode document = Json.MAPPER.createObjectNode();
                document.set("v", test.get("data"));
                judge(name, wrapped, document, test);
            }
        }
        if (schema instanceof ObjectNode object) {
            ObjectNode own = object.deepCopy();
            if (draft.equals("draft7") && !own.has("$schema")) {
                own.put("$schema", DRAFT_7);
            }
            RowRules rules = rules(name, own);
            for (JsonNode test : group.get("tests")) {
                if (rules != null && test.get("data").isObject()) {
                    judge(name + " (row)", rules, test.get("data"), test);
                }
            }
        }
    }

    private RowRules rules(String name, ObjectNode schema) {
        String text = schema.toString();
        if (text.contains("http://localhost") || text.contains("\"$ref\":\"http")) {
            refusedSchemas.add(name); // refused when the template is checked: nothing is fetched
            return null;
        }
        try {
            return Reading.rules(Json.MAPPER.convertValue(schema, Map.class), false);
        } catch (DltException e) {
            refusedSchemas.add(name);
            return null;
        }
    }

    private void judge(String name, RowRules rules, JsonNode document, JsonNode test) {
        if (test.get("description").stringValue().endsWith("only an annotation by default")) {
            return; // we assert formats
        }
        Outcome outcome = Reading.lines(rules, document.toString());
        boolean stored = outcome.rejected().isEmpty();
        if (!stored
                && test.get("valid").asBoolean()
                && outcome.reasons().stream().allMatch(r -> r.endsWith("storage"))) {
            unstorable++;
        } else if (stored == test.get("valid").asBoolean()) {
            judged++;
        } else {
            differences.add(name + " / " + test.get("description") + ": " + outcome.rejected());
        }
    }

    /** The schema where it stands below {@code /properties/v}: references from its root lead there. */
    private static JsonNode within(JsonNode schema) {
        boolean ownRoot = schema.has("$id") && !schema.get("$id").stringValue().startsWith("#");
        JsonNode copy = schema.deepCopy();
        if (!ownRoot) {
            moved(copy);
        }
        return copy;
    }

    private static void moved(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String keyword : List.of("$ref", "$dynamicRef")) {
                JsonNode ref = object.get(keyword);
                if (ref != null && ref.isString() && SchemaRefs.isPointer(ref.stringValue())) {
                    object.put(keyword, "#/properties/v" + ref.stringValue().substring(1));
                }
            }
            object.properties().forEach(member -> {
                boolean data =
                        member.getKey().equals("const") || member.getKey().equals("enum");
                boolean ownRoot = member.getValue().has("$id");
                if (!data && !ownRoot) {
                    moved(member.getValue());
                }
            });
        } else if (node.isArray()) {
            node.forEach(SchemaSuiteTest::moved);
        }
    }
}
