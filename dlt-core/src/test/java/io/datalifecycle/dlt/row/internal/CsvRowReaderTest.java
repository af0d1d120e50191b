package io.datalifecycle.dlt.row.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.datalifecycle.dlt.SharedData;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.internal.Reading.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CsvRowReaderTest {

    private static final String CLOSED = """
            {"required": ["ts", "asset_id"], "additionalProperties": false, "properties": {
              "ts": {"type": "string", "format": "date-time"}, "asset_id": {"type": "string"},
              "pressure": {"type": ["number", "null"]}, "starts": {"type": "integer"}, "ok": {"type": "boolean"},
              "note": {"type": "string"}, "more": {"type": ["object", "null"]}}}""";

    private static final CsvSettings DEFAULTS = new CsvSettings((char) 0, false, null, Map.of(), Set.of());

    private static CsvRowReader reader(String schema, CsvSettings settings, String text) {
        return new CsvRowReader(
                new StringReader(text), settings, "pumps.csv", Reading.setup(Reading.rules(schema, false)));
    }

    private static Outcome read(String text) {
        return Reading.all(reader(CLOSED, DEFAULTS, text));
    }

    @Test
    void typesFieldsAsTheColumnsAre() {
        Outcome outcome = read("""
                ts,asset_id,pressure,starts,ok,note,more
                2026-03-01T08:00:00Z,P-1,1.5e0,7,true,"a ""b""\nc","{""a"":1}"
                2026-03-01T08:00:01+01:00,P-2, 2 ,7.0,0,"",
                """);
        assertThat(outcome.rejected()).isEmpty();
        assertThat(outcome.column("ts"))
                .containsExactly(Instant.parse("2026-03-01T08:00:00Z"), Instant.parse("2026-03-01T07:00:01Z"));
        assertThat(outcome.column("pressure")).containsExactly(1.5, 2.0);
        assertThat(outcome.column("starts")).containsExactly(7L, 7L);
        assertThat(outcome.column("ok")).containsExactly(true, false);
        assertThat(outcome.column("note")).containsExactly("a \"b\"\nc", "");
        assertThat(outcome.column("more")).containsExactly("{\"a\":1}", "null");
        assertThat(outcome.positions()).containsExactly(2L, 4L);
    }

    @Test
    void readsFilesOfOtherMakers() {
        CsvSettings settings = new CsvSettings(
                (char) 0,
                true,
                ZoneId.of("Europe/Berlin"),
                Map.of("ts", "datetime", "pressure", "Druck bar"),
                Set.of("NA"));
        Outcome outcome = Reading.all(
                reader(
                        CLOSED,
                        settings,
                        "\uFEFF\"datetime\";\"Druck bar\";\"asset_id\"\r\n2020-03-09 10:14:33;1,5;P-1\r\n\r\n2020-03-09 10:14:34;NA;P-1\r\n"));
        assertThat(outcome.rejected()).isEmpty();
        assertThat(outcome.column("ts"))
                .containsExactly(Instant.parse("2020-03-09T09:14:33Z"), Instant.parse("2020-03-09T09:14:34Z"));
        assertThat(outcome.column("pressure")).containsExactly(1.5, "null");
        assertThat(outcome.positions()).containsExactly(2L, 4L);
    }

    @Test
    void missingRequiredColumnIsOneClearError() {
        assertThatThrownBy(() -> read("datetime,asset_id\n2026-03-01T08:00:00Z,P-1\n"))
                .isInstanceOf(DltException.class)
                .hasMessage(
                        "pumps.csv: the required column ts is missing; the header is \"datetime\", \"asset_id\"; name the field"
                                + " that holds it with CsvFormat.column(\"ts\", \"<field>\") or give it with constant(\"ts\", …) [DLT-3006]");
        CsvSettings mapped = new CsvSettings((char) 0, false, null, Map.of("ts", "time"), Set.of());
        assertThatThrownBy(() -> Reading.all(reader(CLOSED, mapped, "datetime\n1\n")))
                .hasMessageStartingWith(
                        "pumps.csv: the required columns ts (mapped to the field \"time\"), asset_id are missing");
    }

    @Test
    void mappingToAnUnknownColumnIsAnError() {
        CsvSettings mapped = new CsvSettings((char) 0, false, null, Map.of("presure", "p"), Set.of());
        assertThatThrownBy(() -> Reading.all(reader(CLOSED, mapped, "ts,asset_id,p\n")))
                .hasMessage(
                        "pumps.csv: the format maps the column presure, which the store does not have; did you mean pressure? [DLT-3006]");
    }

    @Test
    void aNameThatComesTwiceIsAnError() {
        assertThatThrownBy(() -> read("ts,asset_id,ts\n")).hasMessageContaining("names \"ts\" twice");
    }

    @Test
    void extraColumnIsIgnoredWithOneWarningWhereTheSchemaAllowsNone() {
        CsvRowReader reader = reader(
                CLOSED, DEFAULTS, "ts,asset_id,colour\n2026-03-01T08:00:00Z,P-1,red\n2026-03-01T08:00:01Z,P-1,red\n");
        assertThat(Reading.all(reader).rows()).hasSize(2);
        assertThat(reader.warnings())
                .extracting(Problem::message)
                .containsExactly(
                        "pumps.csv: the schema allows no column beside its own, so these were ignored: colour");
    }

    @Test
    void extraColumnIsKeptWhereTheSchemaAllowsIt() {
        Outcome outcome = Reading.all(reader(
                CLOSED.replace("\"additionalProperties\": false,", ""),
                DEFAULTS,
                "ts,asset_id,colour\n2026-03-01T08:00:00Z,P-1,red\n"));
        assertThat(outcome.column("_extra")).containsExactly("{\"colour\":\"red\"}");
    }

    @Test
    void brokenQuoteCostsOnlyItsOwnLine() {
        Outcome outcome = read("""
                ts,asset_id,note
                2026-03-01T08:00:00Z,P-1,fine
                2026-03-01T08:00:01Z,P-1,"never closed
                2026-03-01T08:00:02Z,P-1,"closed" badly
                2026-03-01T08:00:03Z,P-1,5" pipe
                2026-03-01T08:00:04Z,P-1,fine
                """);
        assertThat(outcome.positions()).containsExactly(2L, 5L, 6L);
        assertThat(outcome.column("note")).containsExactly("fine", "5\" pipe", "fine");
        assertThat(outcome.reasons()).containsExactly("3  syntax", "4  syntax");
        assertThat(outcome.rejected().get(0).payload()).isEqualTo("2026-03-01T08:00:01Z,P-1,\"never closed");
    }

    @Test
    void recordsOfAnotherLengthThanTheHeaderAreTold() {
        Outcome outcome =
                read("ts,asset_id\n2026-03-01T08:00:00Z\n2026-03-01T08:00:00Z,P-1,x\n2026-03-01T08:00:00Z,P-1\n");
        assertThat(outcome.reasons()).containsExactly("2  syntax", "3  syntax");
        assertThat(outcome.rows()).hasSize(1);
    }

    @Test
    void wrongFieldsAreToldWithThePayloadAsJson() {
        Outcome outcome = read("ts,asset_id,pressure\n2026-03-01 08:00:00,P-1,\"1,5\"\n2026-03-01T08:00:00Z,,2\n");
        assertThat(outcome.reasons()).containsExactly("2 /ts format", "2 /pressure type", "3 /asset_id required");
        RowRejection rejection = outcome.rejected().get(0);
        assertThat(rejection.payload())
                .isEqualTo("{\"ts\":\"2026-03-01 08:00:00\",\"asset_id\":\"P-1\",\"pressure\":\"1,5\"}");
        assertThat(rejection.reasons().get(1).message())
                .isEqualTo(
                        "pressure is the text \"1,5\"; a number is expected (for a decimal comma set decimalComma())");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "\uFEFF", "ts,asset_id", "ts,asset_id\n"})
    void emptyFilesHaveNoRows(String text) {
        Outcome outcome = read(text);
        assertThat(outcome.rows()).isEmpty();
        assertThat(outcome.rejected()).isEmpty();
        assertThat(outcome.broken()).isNull();
    }

    @Test
    void textThatIsNotInTheCharsetBreaksTheSourceAndKeepsWhatWasGood() {
        byte[] latin = ("ts,asset_id\n" + "2026-03-01T08:00:00Z,P-1\n".repeat(3_000) + "2026-03-01T08:00:00Z,Pümp\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        Outcome outcome = Reading.all(new CsvRowReader(
                new InputStreamReader(new ByteArrayInputStream(latin), StandardCharsets.UTF_8.newDecoder()),
                DEFAULTS,
                "pumps.csv",
                Reading.setup(Reading.rules(CLOSED, false))));
        assertThat(outcome.broken()).isNotNull();
        assertThat(outcome.broken().message()).contains("CsvFormat.charset");
        assertThat(outcome.rows().size()).isGreaterThan(1_000);
    }

    @Test
    void constantsFillWhatIsMissing() {
        RowRules rules = Reading.rules(CLOSED, false);
        Setup setup = new Setup(rules, Constants.of(rules, Map.of("asset_id", "P-9", "starts", 3)), Window.ANY, 10);
        Outcome outcome = Reading.all(new CsvRowReader(
                new StringReader("ts,starts\n2026-03-01T08:00:00Z,1\n2026-03-01T08:00:01Z,\n"),
                DEFAULTS,
                "pumps.csv",
                setup));
        assertThat(outcome.column("asset_id")).containsExactly("P-9", "P-9");
        assertThat(outcome.column("starts")).containsExactly(1L, 3L);
    }

    @Test
    void schemasThatNeedTheWholeRowAreJudgedTheSame() {
        String either = CLOSED.replace(
                "\"required\"",
                "\"anyOf\": [{\"required\": [\"pressure\"]}, {\"required\": [\"starts\"]}], \"required\"");
        Outcome outcome = Reading.all(reader(
                either,
                DEFAULTS,
                "ts,asset_id,pressure,starts\n2026-03-01T08:00:00Z,P-1,1.5,\n2026-03-01T08:00:00Z,P-1,,\n"));
        assertThat(outcome.column("pressure")).containsExactly(1.5);
        assertThat(outcome.reasons()).hasSize(2).allMatch(r -> r.startsWith("3 /"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "comma_in_quotes",
                "empty",
                "empty_crlf",
                "escaped_quotes",
                "json",
                "location_coordinates",
                "newlines",
                "newlines_crlf",
                "quotes_and_newlines",
                "simple",
                "simple_crlf",
                "utf8"
            })
    void givesTheRowsOfThePublicSpectrum(String name) throws IOException {
        Path folder = SharedData.find("csv-spectrum").orElse(null);
        assumeTrue(folder != null, "skipped: ../shared/data/csv-spectrum is not there");
        JsonNode expected = Json.MAPPER.readTree(Files.readString(folder.resolve("json/" + name + ".json")));
        String text = Files.readString(folder.resolve("csvs/" + name + ".csv"));
        List<Map<String, String>> rows = new ArrayList<>();
        for (JsonNode row :
                expected.isArray() ? expected : Json.MAPPER.createArrayNode().add(expected)) {
            Map<String, String> cells = new LinkedHashMap<>();
            row.properties()
                    .forEach(cell -> cells.put(cell.getKey(), cell.getValue().asString()));
            rows.add(cells);
        }
        String properties = String.join(
                ",",
                rows.get(0).keySet().stream()
                        .map(key -> Json.MAPPER.writeValueAsString(key) + ": {\"type\": \"string\"}")
                        .toList());
        Outcome outcome = Reading.all(
                reader("{\"additionalProperties\": false, \"properties\": {" + properties + "}}", DEFAULTS, text));
        if (name.equals("location_coordinates")) { // its JSON belongs to another version of the file
            assertThat(outcome.rows()).hasSize(1);
            assertThat(outcome.rows().get(0).keySet()).isEqualTo(rows.get(0).keySet());
            return;
        }
        assertThat(outcome.rows()).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void cutsRandomTextAsAnotherLibraryDoes(long seed) throws IOException {
        Random random = new Random(seed);
        for (int n = 0; n < 200; n++) {
            StringBuilder text = new StringBuilder();
            int columns = 1 + random.nextInt(5);
            for (int r = 0; r < 40; r++) {
                for (int c = 0; c < columns; c++) {
                    text.append(c == 0 ? "" : ",").append(randomField(random));
                }
                text.append(random.nextBoolean() ? "\n" : "\r\n");
            }
            List<List<String>> expected = new ArrayList<>();
            try (CsvReader<CsvRecord> library = CsvReader.builder().ofCsvRecord(text.toString())) {
                library.forEach(record -> expected.add(record.getFields()));
            }
            assertThat(cut(text.toString())).as(text.toString()).isEqualTo(expected);
        }
    }

    private static String randomField(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "\"" + "x".repeat(random.nextInt(40)) + "\"\"\r\n,\"";
            case 1 -> "\"\"\"\"";
            case 2 -> "a b";
            case 3 -> "7" + "ä".repeat(random.nextInt(3_000));
            default -> String.valueOf(random.nextInt());
        };
    }

    private static List<List<String>> cut(String text) throws IOException {
        List<List<String>> all = new ArrayList<>();
        CsvFields fields = new CsvFields();
        try (CsvRecords records = new CsvRecords(new StringReader(text))) {
            while (records.next(',')) {
                assertThat(records.broken).isNull();
                records.split(',', fields);
                List<String> record = new ArrayList<>();
                for (int i = 0; i < fields.count(); i++) {
                    record.add(fields.text(i));
                }
                all.add(record);
            }
        }
        return all;
    }

    @Test
    void linesAreCountedThroughQuotesAndEmptyLines() {
        Outcome outcome = read(
                "ts,asset_id\n\n2026-03-01T08:00:00Z,\"a\nb\n\"\n\n2026-03-01T08:00:00Z,P\r\n2026-03-01T08:00:00Z,\"P\n");
        assertThat(outcome.positions()).containsExactly(3L, 7L);
        assertThat(outcome.reasons()).containsExactly("8  syntax");
    }
}
