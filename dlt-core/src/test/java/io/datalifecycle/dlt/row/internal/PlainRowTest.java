package io.datalifecycle.dlt.row.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.internal.Reading.Outcome;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRowTest {

    private static final String SCHEMA = """
            {"type": "object", "required": ["ts"], "additionalProperties": false, "properties": {
              "ts": {"type": "string", "format": "date-time"},
              "asset": {"type": "string", "minLength": 1, "maxLength": 60, "pattern": "^P|^$"},
              "v": {"type": ["number", "null"], "minimum": -1000},
              "free": {"type": "number"},
              "count": {"type": "integer"}, "ok": {"type": "boolean"},
              "day": {"type": ["string", "null"], "format": "date"},
              "id": {"type": "string", "format": "uuid"}, "state": {"enum": ["on", "off"], "type": "string"}}}""";

    private static final Map<String, List<String>> VALUES = Map.of(
            "ts",
            List.of(
                    "\"2026-03-01T08:00:00Z\"",
                    "\"2026-03-01T08:00:00.123456789Z\"",
                    "\"2024-02-29T23:59:59.5Z\"",
                    "\"2026-02-29T00:00:00Z\"",
                    "\"2026-03-01T08:00:00+01:00\"",
                    "\"2026-03-01t08:00:00z\"",
                    "\"2026-03-01T23:59:60Z\"",
                    "\"2026-03-01T24:00:00Z\"",
                    "\"2026-03-01T08:00:00.Z\"",
                    "\"2026-03-01T08:00:0Z\"",
                    "\"2026-03-01T08:00Z\"",
                    "\"0000-01-01T00:00:00Z\"",
                    "\"0001-01-01T00:00:00Z\"",
                    "null"),
            "asset",
            List.of(
                    "\"P-1\"",
                    "\"P-12345\"",
                    "\"P-123456\"",
                    "\"P\"",
                    "\"\"",
                    "\"Q\"",
                    "\"Pü\"",
                    "\"P\\n\"",
                    "\"P\u007f\"",
                    "\"P\u0001\"",
                    "\"P-0123456789012345678901234567890123456789\"",
                    "\"P-01234567890123456789012345678901234567890123456789012345678901234567890\"",
                    "7",
                    "null",
                    "\"P\\\"\""),
            "v",
            List.of(
                    "0",
                    "-0",
                    "0.0",
                    "-0.0",
                    "1.50",
                    "-999.5",
                    "-1000",
                    "-1000.5",
                    "007",
                    "-01.5",
                    "1e5",
                    "1E-7",
                    "1.",
                    ".5",
                    "+1",
                    "-",
                    "NaN",
                    "null",
                    "nul",
                    "\"1\"",
                    "[1]",
                    "123456789012345678",
                    "1234567890123456789",
                    "1e400"),
            "free",
            List.of(
                    "9007199254740993.0",
                    "9007199254740992.5",
                    "0.1234567890123456789",
                    "0.12345678901234567",
                    "1.7976931348623157",
                    "0.000000000000000001",
                    "99999999999999999.9",
                    "0.0000000000000000001",
                    "4503599627370496.5",
                    "-0.7453726351092"),
            "count",
            List.of(
                    "1",
                    "-1",
                    "0",
                    "-0",
                    "9223372036854775807",
                    "9223372036854775808",
                    "-9223372036854775808",
                    "1.0",
                    "1.5",
                    "1e2"),
            "ok",
            List.of("true", "false", "tru", "falsey", "null", "1"),
            "day",
            List.of("\"2026-03-01\"", "\"2026-02-30\"", "\"2026-3-1\"", "null", "\"0000-01-01\""),
            "id",
            List.of("\"2f1c5b8e-0d3a-4c55-9d0e-3f6f5d1b7a10\"", "\"2f1c\""),
            "state",
            List.of("\"on\"", "\"off\"", "\"of\"", "\"\""));

    private static final List<String> NAMES = List.of("asset", "v", "free", "count", "ok", "day", "id", "state");

    /** An escape in a name is nothing for the plain way, so the parser reads the second text; both must come to the same. */
    @Test
    void comesToWhatTheParserComesTo() {
        Random random = new Random(11);
        int plain = 0;
        for (int n = 0; n < 20_000; n++) {
            String row = row(random);
            Outcome quick = read(row);
            Outcome parsed = read(row.replaceFirst("\"ts\"", "\"\\\\u0074s\""));
            assertThat(quick.rows()).as(row).isEqualTo(parsed.rows());
            assertThat(quick.reasons()).as(row).isEqualTo(parsed.reasons());
            plain += taken(row) ? 1 : 0;
        }
        assertThat(plain).as("rows that went the plain way").isBetween(2_000, 18_000);
    }

    private static String row(Random random) {
        StringBuilder row = new StringBuilder(random.nextInt(20) == 0 ? " {" : "{").append("\"ts\":");
        row.append(random.nextInt(4) == 0 ? any("ts", random) : "\"2026-03-01T08:00:00Z\"");
        int members = random.nextInt(6);
        for (int m = 0; m < members; m++) {
            String name = random.nextInt(40) == 0 ? "ts" : NAMES.get(random.nextInt(NAMES.size()));
            row.append(random.nextInt(6) == 0 ? " , " : ",")
                    .append('"')
                    .append(name)
                    .append('"');
            row.append(random.nextInt(6) == 0 ? "\t: " : ":");
            row.append(
                    random.nextInt(3) == 0
                            ? any(name, random)
                            : VALUES.get(name).get(0));
        }
        row.append(random.nextInt(30) == 0 ? List.of("", ",", "}", " x", "]").get(random.nextInt(5)) : "");
        return row.append(random.nextInt(50) == 0 ? "" : "}").toString();
    }

    private static String any(String name, Random random) {
        List<String> values = VALUES.get(name);
        return values.get(random.nextInt(values.size()));
    }

    private static Outcome read(String row) {
        return Reading.lines(Reading.rules(SCHEMA, false), row + "\n");
    }

    private static boolean taken(String row) {
        RowRules rules = Reading.rules(SCHEMA, false);
        RowBatch.Builder batch = RowBatch.builder(rules.columns(), 4);
        PlainRow plain = PlainRow.of(new RowAssembler(rules, batch, null, Window.ANY));
        byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
        boolean taken = plain != null && plain.read(bytes, 0, bytes.length, 1);
        assertThat(batch.size()).isEqualTo(taken ? 1 : 0);
        return taken;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ts\":\"2026-03-01T08:00:00Z\"}",
                "{\"ts\": \"2026-03-01T08:00:00.5Z\", \"asset\": \"P-1\", \"v\": null, \"free\": 0.12345678901234567}",
                "{\"count\":-12,\"ok\":false,\"ts\":\"2026-03-01T08:00:00Z\",\"day\":\"2026-03-01\",\"state\":\"on\"}",
            })
    void takesWhatIsPlain(String row) {
        assertThat(taken(row)).isTrue();
    }

    @Test
    void triesAgainNowAndThenAfterManyRowsThatAreNotPlain() {
        RowRules rules = Reading.rules(SCHEMA, false);
        RowBatch.Builder batch = RowBatch.builder(rules.columns(), 4);
        PlainRow plain = PlainRow.of(new RowAssembler(rules, batch, null, Window.ANY));
        byte[] odd = "{\"ts\":1}".getBytes(StandardCharsets.UTF_8);
        byte[] even = "{\"ts\":\"2026-03-01T08:00:00Z\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(plain).isNotNull();
        for (int i = 0; i < 1_000; i++) {
            assertThat(plain.read(odd, 0, odd.length, 1)).isFalse();
        }
        int tries = 1;
        while (!plain.read(even, 0, even.length, 1)) {
            tries++;
        }
        assertThat(tries).isBetween(2, 100);
        assertThat(plain.read(even, 0, even.length, 1)).isTrue();
    }

    @Test
    void decimalsAreTheNearestDoubles() {
        Random random = new Random(5);
        int found = 0;
        for (int i = 0; i < 500_000; i++) {
            int behind = 1 + random.nextInt(Decimals.MOST_BEHIND);
            long digits = random.nextLong(1_000_000_000_000_000_000L) >>> random.nextInt(20);
            if (i % 3 == 0) { // halfway between two doubles, or next to it
                BigDecimal half = new BigDecimal(random.nextDouble()).add(new BigDecimal(Math.ulp(0.5)));
                digits = half.movePointRight(behind).longValue() + random.nextInt(3) - 1;
            }
            double value = Decimals.nearest(Math.abs(digits), behind);
            if (!Double.isNaN(value)) {
                found++;
                assertThat(value)
                        .isEqualTo(Double.parseDouble(
                                BigDecimal.valueOf(Math.abs(digits), behind).toString()));
            }
        }
        assertThat(found).isGreaterThan(450_000);
    }

    @Test
    void tiesGoToTheEvenDouble() {
        assertThat(Decimals.nearest(90071992547409905L, 1)).isEqualTo(9007199254740990.0);
        assertThat(Decimals.nearest(90071992547409895L, 1)).isEqualTo(9007199254740990.0);
        assertThat(Decimals.nearest(-1 + (1L << 53), 0)).isEqualTo(9007199254740991.0);
    }

    @Test
    void powersOfTwoAreLeftToTheParser() {
        assertThat(Decimals.nearest(45035996273704965L, 1)).isNaN();
        assertThat(Decimals.nearest(90071992547409915L, 1)).isNaN();
    }
}
