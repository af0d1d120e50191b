package io.datalifecycle.dlt.row.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import io.datalifecycle.dlt.row.internal.Reading.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** The compiled rules and a JSON Schema library have the same opinion, row by row. */
class SchemaOracleTest {

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            b -> b.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private static final List<String> PROPERTIES = List.of(
            "{'type':'string','format':'date-time'}",
            "{'type':['string','null'],'format':'date-time'}",
            "{'type':'string','format':'date'}",
            "{'type':'string','format':'uuid'}",
            "{'type':'string','format':'email'}",
            "{'type':'string','format':'ipv4'}",
            "{'type':'string','minLength':1,'maxLength':4}",
            "{'type':['string','null'],'pattern':'^[a-z]+[0-9]$'}",
            "{'type':'string','enum':['a','b1','']}",
            "{'enum':['a','b1']}",
            "{'type':['string','null'],'enum':['a',null]}",
            "{'type':'string','const':'a'}",
            "{'type':'number'}",
            "{'type':['number','null'],'minimum':-1,'maximum':0.1}",
            "{'type':'number','exclusiveMinimum':0,'exclusiveMaximum':1}",
            "{'type':'number','multipleOf':0.1}",
            "{'type':'integer','minimum':1,'maximum':9007199254740993}",
            "{'type':'integer','multipleOf':3}",
            "{'type':'integer','enum':[1,2,3]}",
            "{'type':'number','const':1}",
            "{'type':'boolean'}",
            "{'type':['boolean','null']}",
            "{'type':'object'}",
            "{'type':['array','null']}",
            "{'type':['string','integer']}",
            "{'type':'number','maxLength':1,'pattern':'x'}",
            "{'type':'string','minimum':5}",
            "{}",
            "true",
            "{'type':'null'}",
            "{'anyOf':[{'type':'number','minimum':0},{'type':'null'}]}",
            "{'oneOf':[{'type':'null'},{'type':'string','enum':['a','b1']}]}",
            "{'type':['integer','number'],'maximum':2}",
            "{'type':'number','decimal':true,'minimum':0.1}",
            "{'type':'integer','decimal':true,'multipleOf':3}",
            "{'type':'integer','maximum':99999999999999999999}",
            "{'type':'string','format':'time'}",
            "{'type':'string','format':'ipv6'}",
            "{'type':'string','format':'uri'}");

    /** Properties that only the library judges. */
    private static final List<String> RARE = List.of(
            "{'type':'object','properties':{'a':{'type':'integer'}},'required':['a']}",
            "{'type':'array','items':{'type':'string'},'maxItems':2}",
            "{'anyOf':[{'type':'number'},{'type':'string','maxLength':1}]}",
            "{'$ref':'#/$defs/small','minimum':1}",
            "{'not':{'type':'string'}}");

    private static final String DEFS =
            "'$defs':{'small':{'type':['number','null'],'maximum':2},'word':{'$ref':'#/$defs/text'},'text':{'type':'string','minLength':2}},";

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "1.0",
            "1e0",
            "2",
            "3",
            "-1",
            "-1.0000000000000000000001",
            "0.1",
            "0.10000000000000000001",
            "0.3",
            "0.7",
            "1.5",
            "6",
            "9007199254740992",
            "9007199254740993",
            "9007199254740994",
            "1e15",
            "-0.0",
            "1e-7",
            "''",
            "'a'",
            "'b1'",
            "'abcd'",
            "'abcde'",
            "'\\uD83D\\uDE00\\uD83D\\uDE00\\uD83D\\uDE00\\uD83D\\uDE00'",
            "'ab1\\n'",
            "'x1'",
            "'2026-03-01T08:00:00Z'",
            "'2026-03-01t08:00:00.123456789z'",
            "'2026-03-01T08:00:00+05:30'",
            "'2026-03-01T08:00:00-00:00'",
            "'2026-03-01 08:00:00Z'",
            "'2026-03-01T08:00:00'",
            "'2026-02-30T08:00:00Z'",
            "'2026-03-01T25:00:00Z'",
            "'1998-12-31T23:59:60Z'",
            "'1998-12-31T22:59:60Z'",
            "'2026-03-01T08:00:60Z'",
            "'2026-03-01T08:00:00+24:00'",
            "'2026-03-01T08:00Z'",
            "'2026-03-01'",
            "'2026-2-1'",
            "'2024-02-29'",
            "'2023-02-29'",
            "'2f1c5b8e-0d3a-4c55-9d0e-3f6f5d1b7a10'",
            "'2F1C5B8E-0D3A-4C55-9D0E-3F6F5D1B7A10'",
            "'2f1c5b8e0d3a4c559d0e3f6f5d1b7a10'",
            "'2f1c5b8e-0d3a-4c55-9d0e-3f6f5d1b7a1g'",
            "'a@b.com'",
            "'a@b.'",
            "'a b@c.example'",
            "'127.0.0.1'",
            "'127.0.0.256'",
            "{}",
            "[]",
            "{'a':1}",
            "[1,'x']",
            "['2026-03-01T08:00:00Z']");

    private static boolean oracle(Schema schema, JsonNode row) {
        return schema.validate(row).isEmpty();
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }

    @Test
    void eachKeywordAgreesOnEachValue() {
        List<String> differences = new ArrayList<>();
        for (String property : PROPERTIES) {
            JsonNode tree = json("{'type':'object','properties':{'v':" + property + "}}");
            RowRules rules = Reading.rules(Json.MAPPER.convertValue(tree, Map.class), false);
            Schema schema = REGISTRY.getSchema(tree);
            assertThat(rules.needsTree()).as(property).isFalse();
            for (String value : VALUES) {
                JsonNode row = json("{'v':" + value + "}");
                Outcome outcome = Reading.lines(rules, row.toString());
                if (outcome.rejected().isEmpty() != oracle(schema, row)) {
                    differences.add(
                            property + " " + value + ": oracle " + oracle(schema, row) + ", " + outcome.rejected());
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    /** Documents of the random run; a soak takes a million. */
    private static final int DOCUMENTS = Integer.getInteger("dlt.oracle.documents", 50_000);

    private static final long SEED = Long.getLong("dlt.oracle.seed", 1L);

    private static final int ROWS_OF_A_SCHEMA = 50;

    @Test
    void randomSchemasAgreeOnRandomRowsAndOnWhatIsWrong() {
        Random random = new Random(SEED);
        int refused = 0;
        int compiled = 0;
        for (int s = 0; s < DOCUMENTS / ROWS_OF_A_SCHEMA; s++) {
            Sample sample = randomSchema(random);
            JsonNode tree = json(sample.schema());
            Map<String, Object> keywords = Json.MAPPER.convertValue(tree, new TypeReference<>() {});
            RowRules rules = Reading.rules(keywords, false);
            Arbiter oracle = new Arbiter(keywords);
            compiled += rules.needsTree() ? 0 : 1;
            for (int r = 0; r < ROWS_OF_A_SCHEMA; r++) {
                JsonNode row = json(randomRow(random, sample));
                Outcome outcome = Reading.lines(rules, row.toString());
                List<Reason> reasons = oracle.judge(row);
                String about = "seed " + SEED + "\n" + tree + "\n" + row + "\n" + reasons;
                if (outcome.rejected().stream()
                        .anyMatch(bad -> bad.reasons().get(0).keyword().equals("storage"))) {
                    assertThat(reasons).as(about).isEmpty();
                    continue;
                }
                assertThat(pointers(outcome.rejected().stream().flatMap(bad -> bad.reasons().stream())))
                        .as(about)
                        .isEqualTo(pointers(reasons.stream()));
                refused += reasons.isEmpty() ? 0 : 1;
            }
        }
        assertThat(refused).isBetween(DOCUMENTS / 5, DOCUMENTS * 4 / 5);
        assertThat(compiled).isGreaterThan(DOCUMENTS / ROWS_OF_A_SCHEMA / 3);
    }

    private static Set<String> pointers(Stream<Reason> reasons) {
        return reasons.map(Reason::pointer).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A schema, and what its properties p0, p1, … are. */
    private record Sample(String schema, List<String> properties) {}

    private static Sample randomSchema(Random random) {
        boolean rare = random.nextInt(4) == 0;
        List<String> properties = new ArrayList<>();
        List<String> required = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            String property = property(random, rare);
            properties.add(property);
            text.append(i == 0 ? "" : ",").append("'p").append(i).append("':").append(property);
            if (random.nextInt(4) == 0) {
                required.add("'p" + i + "'");
            }
        }
        String additional = random.nextBoolean() ? ",'additionalProperties':" + random.nextBoolean() : "";
        String more = rare && random.nextBoolean() ? ",'minProperties':3" : "";
        return new Sample(
                "{" + DEFS + "'type':'object','properties':{" + text + "},'required':" + required + additional + more
                        + "}",
                properties);
    }

    private static String property(Random random, boolean rare) {
        if (random.nextInt(12) == 0) {
            return random.nextBoolean() ? "{'$ref':'#/$defs/small','title':'x'}" : "{'$ref':'#/$defs/word'}";
        }
        List<String> from = rare && random.nextInt(3) == 0 ? RARE : PROPERTIES;
        return from.get(random.nextInt(from.size()));
    }

    private final Map<String, List<String>> right = new HashMap<>();

    /** The values that are right for a property. */
    private List<String> right(String property) {
        return right.computeIfAbsent(property, p -> {
            Arbiter one = new Arbiter(Json.MAPPER.convertValue(
                    json("{" + DEFS + "'properties':{'v':" + p + "}}"), new TypeReference<>() {}));
            return VALUES.stream()
                    .filter(value -> one.judge(json("{'v':" + value + "}")).isEmpty())
                    .toList();
        });
    }

    /** Most values are right, so that about half of the rows are. */
    private String randomRow(Random random, Sample sample) {
        StringBuilder row = new StringBuilder("{");
        for (int i = 0; i < 7; i++) {
            if (random.nextInt(8) > 0 && (i < 6 || random.nextInt(8) == 0)) {
                List<String> good = i < 6 ? right(sample.properties().get(i)) : VALUES;
                List<String> from = good.isEmpty() || random.nextInt(16) == 0 ? VALUES : good;
                row.append(row.length() == 1 ? "" : ",")
                        .append("'p")
                        .append(i)
                        .append("':")
                        .append(from.get(random.nextInt(from.size())));
            }
        }
        return row.append("}").toString();
    }
}
