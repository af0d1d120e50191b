package io.datalifecycle.dlt.row.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.internal.Reading.Outcome;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRowReaderTest {

    private static final String SCHEMA = """
            {"type": "object", "required": ["ts"], "additionalProperties": false, "properties": {
              "ts": {"type": "string", "format": "date-time"},
              "asset": {"type": "string", "minLength": 2, "maxLength": 4, "pattern": "^P"},
              "value": {"type": ["number", "null"], "minimum": 0, "exclusiveMaximum": 10},
              "count": {"type": "integer", "multipleOf": 2},
              "state": {"type": ["string", "null"], "enum": ["on", "off", null]},
              "ok": {"type": "boolean"}, "day": {"type": "string", "format": "date"}, "id": {"type": "string", "format": "uuid"},
              "more": {"type": ["object", "array"]}, "mail": {"type": "string", "format": "email"}}}""";

    private static final String OPEN = """
            {"type": "object", "required": ["ts"], "properties": {"ts": {"type": "string", "format": "date-time"}}}""";

    private static Outcome read(String text) {
        return Reading.lines(Reading.rules(SCHEMA, false), text);
    }

    private static Outcome member(String json) {
        return read("{\"ts\":\"2026-03-01T00:00:00Z\"," + json + "}");
    }

    @Test
    void compilesAllCommonKeywords() {
        assertThat(Reading.rules(SCHEMA, false).needsTree()).isFalse();
    }

    @Test
    void typesEachValue() {
        Outcome outcome = read("""
                {"ts":"2026-03-01T08:00:00.5Z","asset":"P-1","value":1.5,"count":4,"state":"on","ok":true,"day":"2026-03-01",\
                "id":"2f1c5b8e-0d3a-4c55-9d0e-3f6f5d1b7a10","more":{"a":[1,2.50,"ü"]},"mail":"a@b.example"}""");
        assertThat(outcome.rejected()).isEmpty();
        assertThat(outcome.rows().get(0))
                .containsExactly(
                        java.util.Map.entry("ts", Instant.parse("2026-03-01T08:00:00.5Z")),
                        java.util.Map.entry("asset", "P-1"),
                        java.util.Map.entry("value", 1.5),
                        java.util.Map.entry("count", 4L),
                        java.util.Map.entry("state", "on"),
                        java.util.Map.entry("ok", true),
                        java.util.Map.entry("day", LocalDate.of(2026, 3, 1)),
                        java.util.Map.entry("id", UUID.fromString("2f1c5b8e-0d3a-4c55-9d0e-3f6f5d1b7a10")),
                        java.util.Map.entry("more", "{\"a\":[1,2.50,\"ü\"]}"),
                        java.util.Map.entry("mail", "a@b.example"));
    }

    @Test
    void wholeNumbersMayBeWrittenAsDecimals() {
        assertThat(member("\"count\":4.0").column("count")).containsExactly(4L);
        assertThat(member("\"count\":1.2e3").column("count")).containsExactly(1200L);
        assertThat(member("\"count\":-9223372036854775808").column("count")).containsExactly(Long.MIN_VALUE);
    }

    @Test
    void numbersAreTheNearestDoubles() {
        Random random = new Random(17);
        RowRules rules = Reading.rules("{\"properties\": {\"v\": {\"type\": \"number\"}}}", false);
        StringBuilder text = new StringBuilder();
        List<Object> expected = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            int digits = 1 + random.nextInt(18);
            StringBuilder number = new StringBuilder(random.nextBoolean() ? "-" : "").append(1 + random.nextInt(9));
            for (int d = 0; d < digits; d++) {
                number.append(d == digits / 3 ? "." : "").append(random.nextInt(10));
            }
            number.append(random.nextInt(8) == 0 ? "e" + (random.nextInt(60) - 30) : "");
            text.append("{\"v\":").append(number).append("}\n");
            expected.add(Double.parseDouble(number.toString()));
        }
        assertThat(Reading.lines(rules, text.toString()).column("v")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"asset\":null       | /asset type",
                "\"asset\":7          | /asset type",
                "\"asset\":\"P\"      | /asset minLength",
                "\"asset\":\"P-100\"  | /asset maxLength",
                "\"asset\":\"Q-1\"    | /asset pattern",
                "\"value\":\"1\"      | /value type",
                "\"value\":[1]        | /value type",
                "\"value\":-0.0001    | /value minimum",
                "\"value\":10         | /value exclusiveMaximum",
                "\"value\":10.0       | /value exclusiveMaximum",
                "\"value\":1e400      | /value storage",
                "\"value\":1e-400     | /value storage",
                "\"count\":1.5        | /count type",
                "\"count\":3          | /count multipleOf",
                "\"count\":9223372036854775808 | /count storage",
                "\"state\":\"of\"     | /state enum",
                "\"ok\":1             | /ok type",
                "\"day\":\"2026-02-30\" | /day format",
                "\"id\":\"2f1c5b8e-0d3a-4c55-9d0e\" | /id format",
                "\"more\":1           | /more type",
                "\"more\":{\"a\":\"\\u0000\"} | /more storage",
                "\"more\":{\"a\":1e999} | /more storage",
                "\"mail\":\"nobody\"  | /mail format",
                "\"mail\":\"\\u0000@b.example\" | /mail format",
                "\"asset\":\"P\\u0000\" | /asset storage",
                "\"asset\":\"P\\ud800\" | /asset storage",
                "\"valeu\":1          | /valeu additionalProperties",
                "\"value\":1,\"value\":2 | /value syntax",
                "\"more\":{\"a\":1,\"a\":2} |  syntax",
                "\"value\":NaN        |  syntax",
                "\"value\":01         |  syntax",
                "\"value\":1,         |  syntax"
            })
    void tellsWhatIsWrongAndWhere(String member, String expected) {
        Outcome outcome = member(member.strip());
        assertThat(outcome.rows()).isEmpty();
        assertThat(outcome.reasons()).containsExactly("1 " + expected.replaceFirst("^ ?(?=syntax)", " "));
    }

    @Test
    void messagesSayWhatWouldBeRight() {
        assertThat(member("\"valeu\":1").rejected().get(0).reason())
                .isEqualTo("\"valeu\" is not in the schema; did you mean value?");
        assertThat(member("\"value\":-1").rejected().get(0).reason()).isEqualTo("value is -1; at least 0 is expected");
        assertThat(member("\"state\":\"of\"").rejected().get(0).reason())
                .isEqualTo("state is the text \"of\"; did you mean on?");
        assertThat(read("{\"ts\":\"2026-03-01 08:00:00\"}").rejected().get(0).reason())
                .isEqualTo("ts is the text \"2026-03-01 08:00:00\"; a date-time like 2026-03-01T08:30:00Z is expected"
                        + " (the zone is missing; for CSV set zone(…))");
    }

    @Test
    void tellsAllThatIsWrongWithOneRow() {
        assertThat(read("{\"asset\":1,\"value\":-1}").reasons())
                .containsExactly("1 /asset type", "1 /value minimum", "1 /ts required");
    }

    @Test
    void badRowsLeaveNothingBehindAndTheirNeighboursAreGood() {
        Outcome outcome = read("""
                {"ts":"2026-03-01T00:00:01Z","value":1}
                {"ts":"2026-03-01T00:00:02Z","value":2,"count":3}
                oops

                {"ts":"2026-03-01T00:00:03Z"}
                [1]
                {"ts":"2026-03-01T00:00:04Z"} {"ts":"2026-03-01T00:00:05Z"}
                {"ts":"2026-03-01T00:00:06Z","value":6}""");
        assertThat(outcome.column("value")).containsExactly(1.0, "null", 6.0);
        assertThat(outcome.positions()).containsExactly(1L, 5L, 8L);
        assertThat(outcome.reasons()).containsExactly("2 /count multipleOf", "3  syntax", "6  type", "7  syntax");
        assertThat(outcome.rejected().get(1).payload()).isEqualTo("oops");
    }

    @Test
    void linesLongerThanTheBufferAndTheRowLimitAreTold() {
        String rules = OPEN;
        String big = "{\"ts\":\"2026-03-01T00:00:01Z\",\"x\":\"" + "a".repeat(700_000) + "\"}\n";
        String huge = "{\"ts\":\"2026-03-01T00:00:01Z\",\"x\":\"" + "a".repeat(Json.MAX_ROW + 10) + "\"}\n";
        String longText = "{\"ts\":\"2026-03-01T00:00:01Z\",\"x\":\"" + "a".repeat(Json.MAX_STRING + 10) + "\"}\n";
        Outcome outcome = Reading.lines(Reading.rules(rules, false), big + huge + big + longText + big);
        assertThat(outcome.positions()).containsExactly(1L, 3L, 5L);
        assertThat(outcome.reasons()).containsExactly("2  syntax", "4  syntax");
        assertThat(outcome.rejected())
                .allSatisfy(r -> assertThat(r.payload().length()).isLessThanOrEqualTo(64 * 1024));
    }

    @Test
    void deepNestingAndLongNumbersAreTold() {
        RowRules rules = Reading.rules(OPEN, false);
        String deep = "{\"ts\":\"2026-03-01T00:00:01Z\",\"x\":" + "[".repeat(100) + "]".repeat(100) + "}";
        String digits = "{\"ts\":\"2026-03-01T00:00:01Z\",\"x\":" + "1".repeat(101) + "}";
        assertThat(Reading.lines(rules, deep + "\n" + digits).reasons()).containsExactly("1  syntax", "2  syntax");
    }

    @Test
    void whatTheSchemaDoesNotNameIsKeptAsJson() {
        Outcome outcome = Reading.lines(
                Reading.rules(OPEN, false),
                "{\"b\":[1],\"ts\":\"2026-03-01T00:00:01Z\",\"a\":\"x\"}\n{\"ts\":\"2026-03-01T00:00:01Z\"}");
        assertThat(outcome.column("_extra")).containsExactly("{\"b\":[1],\"a\":\"x\"}", "null");
    }

    @Test
    void skipsTheByteOrderMark() {
        assertThat(read("\uFEFF{\"ts\":\"2026-03-01T00:00:01Z\"}").rows()).hasSize(1);
    }

    @Test
    void malformedUtf8IsTold() {
        byte[] bytes = "{\"ts\":\"2026-03-01T00:00:01Z\",\"asset\":\"P-?\"}"
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        bytes[bytes.length - 3] = (byte) 0xFF;
        Outcome outcome = Reading.all(JsonRowReader.lines(
                new java.io.ByteArrayInputStream(bytes), Reading.setup(Reading.rules(SCHEMA, false))));
        assertThat(outcome.reasons()).containsExactly("1  syntax");
    }

    @Test
    void coercesOnlyWhatCannotLoseAnything() {
        RowRules rules = Reading.rules(SCHEMA, true);
        Outcome outcome = Reading.lines(rules, """
                {"ts":"2026-03-01 08:00:00Z","value":" 1.5 ","count":"4","ok":"1","asset":"P-1"}
                {"ts":"2026-03-01T08:00:00Z","ok":0}
                {"ts":"2026-03-01T08:00:00Z","ok":2}
                {"ts":"2026-03-01T08:00:00Z","value":"1,5"}
                {"ts":"2026-03-01T08:00:00Z","count":"1.5"}""");
        assertThat(outcome.column("value")).containsExactly(1.5, "null");
        assertThat(outcome.column("ok")).containsExactly(true, false);
        assertThat(outcome.reasons()).containsExactly("3 /ok type", "4 /value type", "5 /count type");
        assertThat(outcome.rejected().get(2).payload())
                .isEqualTo("{\"ts\":\"2026-03-01T08:00:00Z\",\"count\":\"1.5\"}");
    }

    @Test
    void windowIsOnlyForTheTimeColumn() {
        RowRules rules = Reading.rules("""
                {"properties": {"ts": {"type": "string", "format": "date-time"}, "other": {"type": "string", "format": "date-time"}}}""", false);
        Window window = Window.around(
                Instant.parse("2026-03-01T12:00:00Z"),
                java.util.Optional.of(java.time.Duration.ofHours(1)),
                java.util.Optional.of(java.time.Duration.ofMinutes(1)));
        Outcome outcome = Reading.all(JsonRowReader.lines(Reading.stream("""
                        {"ts":"2026-03-01T11:00:00Z","other":"1999-01-01T00:00:00Z"}
                        {"ts":"2026-03-01T10:59:59.999999Z"}
                        {"ts":"2026-03-01T12:01:00Z"}
                        {"ts":"2026-03-01T12:01:00.000001Z"}"""), new Setup(rules, null, window, 10)));
        assertThat(outcome.positions()).containsExactly(1L, 3L);
        assertThat(outcome.reasons()).containsExactly("2 /ts window", "4 /ts window");
    }

    @Test
    void arrayRowsAreReadOneByOne() {
        RowRules rules = Reading.rules(SCHEMA, false);
        Outcome outcome = Reading.all(JsonRowReader.array(
                Reading.stream(
                        " [ {\"ts\":\"2026-03-01T00:00:01Z\",\"more\":{\"x\":\"]}\\\"\"}} ,\n {\"ts\":1},{oops}, 5, {\"ts\":\"2026-03-01T00:00:02Z\"}]\n"),
                Reading.setup(rules)));
        assertThat(outcome.positions()).containsExactly(1L, 5L);
        assertThat(outcome.reasons()).containsExactly("2 /ts type", "3  syntax", "4  type");
        assertThat(outcome.broken()).isNull();
    }

    @Test
    void arraysThatBreakGiveWhatWasGood() {
        RowRules rules = Reading.rules(SCHEMA, false);
        for (String rest : List.of("", ",", " {\"ts\":1}", ",{\"ts\":", "] x")) {
            Outcome outcome = Reading.all(JsonRowReader.array(
                    Reading.stream("[{\"ts\":\"2026-03-01T00:00:01Z\"}" + rest), Reading.setup(rules)));
            assertThat(outcome.rows()).as(rest).hasSize(1);
            assertThat(outcome.broken()).as(rest).isNotNull();
        }
    }

    @Test
    void oneObjectIsOneRowAndNothingIsNone() {
        RowRules rules = Reading.rules(SCHEMA, false);
        assertThat(Reading.all(JsonRowReader.array(
                                Reading.stream("{\"ts\":\"2026-03-01T00:00:01Z\"}"), Reading.setup(rules)))
                        .rows())
                .hasSize(1);
        for (String nothing : List.of("", " \n ", "[]", " [ ] ")) {
            Outcome outcome = Reading.all(JsonRowReader.array(Reading.stream(nothing), Reading.setup(rules)));
            assertThat(outcome.rows()).isEmpty();
            assertThat(outcome.broken()).isNull();
        }
    }

    @Test
    void payloadsHoldNothingThatNoDatabaseHolds() {
        RowRejection rejection = read("{\"ts\":\"\u0000\"}").rejected().get(0);
        assertThat(rejection.payload()).isEqualTo("{\"ts\":\"\\u0000\"}");
    }
}
