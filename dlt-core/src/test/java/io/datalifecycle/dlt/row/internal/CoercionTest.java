package io.datalifecycle.dlt.row.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.row.internal.Reading.Outcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What coerce makes of a value means what the value meant; nothing that a strict store takes is changed, nothing is made up. */
class CoercionTest {

    private static final List<String> TYPES = List.of("number", "integer", "decimal", "boolean", "text", "timestamp");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "0",
            "1",
            "-1",
            "2",
            "1.0",
            "1.5",
            " 1.5 ",
            "1,5",
            "1e3",
            "1E-3",
            "1e400",
            "-0",
            "+7",
            "007",
            ".5",
            "5.",
            "0x1F",
            "1_000",
            "\u0661",
            "NaN",
            "Infinity",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "0.10000000000000000001",
            "true",
            "TRUE",
            "False",
            " true ",
            "yes",
            "no",
            "on",
            "null",
            "T",
            "f",
            "2026-03-01T08:00:00Z",
            "2026-03-01 08:00:00Z",
            "2026-03-01 08:00:00.5+05:30",
            "2026-03-01 08:00:00",
            "2026-03-01",
            "2026-02-30 08:00:00Z",
            "1767225600",
            "08:00:00Z",
            "a",
            "1.5 bar",
            "12.",
            "1 2");

    private static final List<String> OTHERS = List.of(
            "0",
            "1",
            "-1",
            "2",
            "1.0",
            "1.5",
            "1e0",
            "-0.0",
            "9007199254740993",
            "9223372036854775808",
            "1e300",
            "true",
            "false",
            "null",
            "{}",
            "[]",
            "[1]",
            "{\"a\":1}");

    private static String property(String type) {
        return switch (type) {
            case "decimal" -> "{\"type\":\"number\",\"decimal\":true}";
            case "text" -> "{\"type\":\"string\"}";
            case "timestamp" -> "{\"type\":\"string\",\"format\":\"date-time\"}";
            default -> "{\"type\":\"" + type + "\"}";
        };
    }

    @Test
    void meaningIsKept() {
        Random random = new Random(5);
        for (String type : TYPES) {
            String schema = "{\"type\":\"object\",\"properties\":{\"v\":" + property(type) + "}}";
            RowRules strict = Reading.rules(schema, false);
            RowRules coercing = Reading.rules(schema, true);
            for (String text : TEXTS) {
                check(type, strict, coercing, Json.MAPPER.writeValueAsString(text));
            }
            for (String value : OTHERS) {
                check(type, strict, coercing, value);
            }
            for (int i = 0; i < 2_000; i++) {
                StringBuilder text = new StringBuilder();
                for (int length = random.nextInt(7); length >= 0; length--) {
                    text.append("0123456789.,-+eE T:Zatruefls ".charAt(random.nextInt(29)));
                }
                check(type, strict, coercing, Json.MAPPER.writeValueAsString(text.toString()));
            }
        }
    }

    private static void check(String type, RowRules strict, RowRules coercing, String value) {
        String row = "{\"v\":" + value + "}";
        Outcome plain = Reading.lines(strict, row);
        Outcome coerced = Reading.lines(coercing, row);
        String about = type + " " + value;
        if (plain.rejected().isEmpty()) {
            assertThat(coerced.rows()).as(about).isEqualTo(plain.rows());
        } else if (coerced.rejected().isEmpty()) {
            JsonNode given = Json.MAPPER.readTree(value);
            assertThat(means(type, given, coerced.rows().get(0)))
                    .as(about + " became " + coerced.rows())
                    .isTrue();
        } else {
            assertThat(coerced.rejected().get(0).payload()).as(about).isEqualTo(row);
            assertThat(isSafe(type, Json.MAPPER.readTree(value)))
                    .as(about + " could have been converted")
                    .isFalse();
        }
    }

    /** Whether what is stored is the value read another way. */
    private static boolean means(String type, JsonNode given, Map<String, Object> row) {
        Object stored = row.get("v");
        String text = given.isString() ? given.stringValue().strip() : "";
        return switch (type) {
            case "number" -> given.isString() && (Double) stored + 0.0 == Double.parseDouble(text) + 0.0;
            case "integer" -> given.isString() && new BigDecimal(text).compareTo(new BigDecimal((Long) stored)) == 0;
            case "decimal" -> given.isString() && new BigDecimal(text).compareTo((BigDecimal) stored) == 0;
            case "boolean" ->
                (given.isString() || given.isNumber())
                        && (given.isString() ? text : given.asString())
                                .toLowerCase(Locale.ROOT)
                                .equals(
                                        (Boolean) stored
                                                ? given.asString().contains("1") ? "1" : "true"
                                                : given.asString().contains("0") ? "0" : "false");
            case "text" -> !given.isString() && given.isValueNode() && stored.equals(given.asString());
            default ->
                given.isString()
                        && OffsetDateTime.parse(text.replace(' ', 'T'))
                                .toInstant()
                                .equals(stored instanceof Instant at ? at : null);
        };
    }

    /** The documented conversions, at their plainest. */
    private static boolean isSafe(String type, JsonNode given) {
        String text = given.isString() ? given.stringValue() : "";
        return switch (type) {
            case "number", "decimal" -> text.matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?");
            case "integer" -> text.matches("-?[0-9]{1,15}");
            case "boolean" -> text.matches("0|1|true|false") || given.toString().matches("0|1");
            case "text" -> given.isNumber() || given.isBoolean();
            default -> text.matches("2026-03-01 08:00:00(\\.5)?(Z|\\+05:30)");
        };
    }
}
