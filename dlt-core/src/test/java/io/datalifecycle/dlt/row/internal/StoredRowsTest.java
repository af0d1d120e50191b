package io.datalifecycle.dlt.row.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.row.SchemaColumns;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;

/** Columns become the document again that they came from. */
class StoredRowsTest {

    private static final String FLAT = """
            {"type": "object", "required": ["ts", "meta", "state"],
             "properties": {
               "ts": {"type": "string", "format": "date-time"},
               "xmin": {"type": "number", "column": "x_min", "maximum": 100},
               "price": {"type": "number", "decimal": true},
               "n": {"type": "integer"},
               "ok": {"type": "boolean"},
               "day": {"type": "string", "format": "date"},
               "id": {"type": "string", "format": "uuid"},
               "state": {"type": ["string", "null"]},
               "tags": {"type": "array"},
               "any": {},
               "meta": {"type": "object", "flatten": true,
                 "properties": {"site": {"type": "string"}, "firmware": {"type": ["string", "null"]},
                   "at": {"type": "object", "flatten": true, "required": ["x"], "additionalProperties": false,
                     "properties": {"x": {"type": "number"}, "y": {"type": "number"}}}}}}}
            """;

    /** The same without levels and open ends, compiled in another way. */
    private static final String PLAIN = """
            {"type": "object", "required": ["ts", "state"], "additionalProperties": false,
             "properties": {
               "ts": {"type": "string", "format": "date-time"},
               "xmin": {"type": "number", "column": "x_min", "maximum": 100},
               "price": {"type": "number", "decimal": true},
               "state": {"type": ["string", "null"]},
               "any": {}}}
            """;

    /** A store's rules with its documents. */
    private record Store(RowRules rules, StoredRows documents) {}

    private static Store store(String schema) {
        Map<String, @Nullable Object> keywords =
                Json.MAPPER.readValue(schema, new TypeReference<LinkedHashMap<String, @Nullable Object>>() {});
        List<Column> columns = new ArrayList<>(
                SchemaColumns.of(keywords).stream().map(leaf -> leaf.column()).toList());
        if (SchemaColumns.isOpen(keywords)) {
            columns.add(Column.of("_extra", ColumnType.JSON));
        }
        RowRules rules = RuleCompiler.compile(keywords, new RowSchema(columns), "ts", false);
        return new Store(rules, new StoredRows(rules, keywords));
    }

    private static Map<String, @Nullable Object> stored(Store store, String json) {
        RowBatch.Builder batch = RowBatch.builder(store.rules().columns(), 1);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        RowRejection refused = new RowParser(store.rules(), batch, null, Window.ANY).bytes(bytes, 0, bytes.length, 1);
        assertThat(refused).as(json).isNull();
        return batch.build().row(0);
    }

    private static Object again(Store store, Map<String, @Nullable Object> cells) {
        RowBatch.Builder batch = RowBatch.builder(store.rules().columns(), 1);
        RowRejection refused = store.documents().read(new RowParser(store.rules(), batch, null, Window.ANY), cells, 7);
        return refused == null ? batch.build().row(0) : refused;
    }

    private static RowRejection refused(Store store, String json, String column, @Nullable Object value) {
        Map<String, @Nullable Object> cells = new HashMap<>(stored(store, json));
        cells.put(column, value);
        Object result = again(store, cells);
        assertThat(result).as(column).isInstanceOf(RowRejection.class);
        return (RowRejection) result;
    }

    @ParameterizedTest
    @ValueSource(strings = {FLAT, PLAIN})
    void whateverIsStoredIsItselfWhenItIsReadAgain(String schema) {
        Store store = store(schema);
        Random random = new Random(schema.length());
        for (int i = 0; i < 3_000; i++) {
            String json = document(random, schema.equals(FLAT));
            Map<String, @Nullable Object> cells = stored(store, json);
            assertThat(parsed(again(store, cells))).as(json).isEqualTo(parsed(cells));
        }
    }

    /** JSON does not say in which order members come. */
    private static Object parsed(Object row) {
        if (!(row instanceof Map<?, ?> cells)) {
            return row;
        }
        Map<Object, @Nullable Object> parsed = new HashMap<>(cells);
        for (String json : List.of("any", "tags", "_extra")) {
            parsed.computeIfPresent(json, (name, text) -> Json.MAPPER.readTree(String.valueOf(text)));
        }
        return parsed;
    }

    private static String document(Random random, boolean flat) {
        List<String> members = new ArrayList<>(List.of(
                "\"ts\": \"2026-02-0" + (1 + random.nextInt(9)) + "T10:00:00.00000" + random.nextInt(10) + "Z\"",
                "\"state\": " + (random.nextBoolean() ? "null" : "\"on\"")));
        some(random, members, "\"xmin\": " + random.nextDouble() * 100);
        some(random, members, "\"price\": " + BigDecimal.valueOf(random.nextLong(), random.nextInt(20)));
        some(
                random,
                members,
                "\"any\": " + pick(random, "null", "\"text\"", "\"{}\"", "12", "[1, {\"a\": 1.50}]", "true"));
        if (flat) {
            some(random, members, "\"n\": " + random.nextLong());
            some(random, members, "\"ok\": " + random.nextBoolean());
            some(random, members, "\"day\": \"2024-02-29\"");
            some(random, members, "\"id\": \"" + new java.util.UUID(random.nextLong(), random.nextLong()) + "\"");
            some(random, members, "\"tags\": [\"a\", null]");
            some(random, members, "\"more\": {\"b\": [1.0, \"é\"]}");
            some(random, members, "\"other\": " + pick(random, "null", "1", "\"x\""));
            List<String> meta = new ArrayList<>();
            some(random, meta, "\"site\": \"north\"");
            some(random, meta, "\"firmware\": " + pick(random, "null", "\"1.2\""));
            some(random, meta, "\"model\": {\"deep\": 1}");
            some(random, meta, "\"at\": {\"x\": 1.5" + (random.nextBoolean() ? ", \"y\": 2.0" : "") + "}");
            members.add("\"meta\": {" + String.join(", ", meta) + "}");
        }
        return "{" + String.join(", ", members) + "}";
    }

    private static void some(Random random, List<String> members, String member) {
        if (random.nextInt(3) > 0) {
            members.add(member);
        }
    }

    private static String pick(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }

    @Test
    void aChangedCellIsJudgedAtTheProperty() {
        Store store = store(FLAT);
        String row =
                "{\"ts\": \"2026-02-01T00:00:00Z\", \"state\": null, \"extra\": 1, \"meta\": {\"site\": \"a\", \"more\": 2, \"at\": {\"x\": 1, \"y\": 2}}}";
        assertThat(refused(store, row, "x_min", 101).reasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason.label()).isEqualTo("/xmin maximum"));
        assertThat(refused(store, row, "meta_site", 5).pointer()).isEqualTo("/meta/site");
        assertThat(refused(store, row, "meta_at_x", null).reasons().get(0).label())
                .isEqualTo("/meta/at/x required");
        assertThat(refused(store, row, "ts", null).reasons().get(0).label()).isEqualTo("/ts required");
        assertThat(refused(store, row, "meta", Map.of()).reason()).startsWith("\"meta\" is no column; ");
    }

    @Test
    void whatCannotGoBackSaysWhy() {
        Store store = store(FLAT);
        String row = "{\"ts\": \"2026-02-01T00:00:00Z\", \"state\": null, \"meta\": {\"site\": \"a\"}}";
        assertThat(refused(store, row, "any", "no quotes").reason())
                .isEqualTo("any is no JSON text; a text of its own is written in quotes");
        assertThat(refused(store, row, "_extra", "[1]").reason()).startsWith("_extra is no JSON object");
        assertThat(refused(store, row, "_extra", "{\"ts\": 1}").reason())
                .isEqualTo("\"ts\" has a column of its own; set that one");
        assertThat(refused(store, row, "_extra", "{\"meta\": 3}").reason())
                .startsWith("\"meta\" is an object whose properties have columns");
        assertThat(refused(store, row, "_extra", "{\"meta\": {\"site\": \"b\"}}")
                        .pointer())
                .isEqualTo("/meta/site");
        assertThat(refused(store, row, "any", Double.NaN).reason()).contains("no number that can be stored");
        assertThat(refused(store, row, "price", new Object()).reason()).startsWith("price is a java.lang.Object");
    }

    @Test
    void mapsAndListsAreJsonToo() {
        Store store = store(FLAT);
        Map<String, @Nullable Object> cells = new HashMap<>(
                stored(store, "{\"ts\": \"2026-02-01T00:00:00Z\", \"state\": \"on\", \"meta\": {\"site\": \"a\"}}"));
        cells.put("any", List.of(1, Map.of("at", Instant.EPOCH)));
        cells.put("_extra", Map.of("meta", Map.of("model", "M1"), "more", true));
        cells.remove("state");
        assertThat(again(store, cells))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("any", "[1,{\"at\":\"1970-01-01T00:00:00Z\"}]")
                .containsEntry("meta_site", "a")
                .containsEntry("state", null)
                .hasEntrySatisfying(
                        "_extra",
                        extra -> assertThat(String.valueOf(extra)).contains("\"model\":\"M1\"", "\"more\":true"));
    }
}
