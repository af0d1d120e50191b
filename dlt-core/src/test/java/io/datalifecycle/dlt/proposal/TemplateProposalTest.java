package io.datalifecycle.dlt.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.datalifecycle.dlt.check.TemplateChecker;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.Template;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateProposalTest {

    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

    @Test
    void fleetOfSensorsIsKeyedByAssetAndRolledUpByTenMinutes() {
        Template t = csv("ts,asset_id,pressure_bar,Temp [°C],running,note\n"
                + lines(
                        60,
                        i -> minute(i / 2) + ",P-" + (i % 2) + "," + (2 + i % 5 * 0.5) + "," + (i % 7) + ","
                                + (i % 3 == 0) + "," + (i == 4 ? "odd" : "")));
        Datastore store = t.datastores().get(0);
        assertThat(store.time()).isEqualTo("ts");
        assertThat(store.naturalKey()).containsExactly("asset_id", "ts");
        assertThat(property(store, "pressure_bar"))
                .containsEntry("unit", "bar")
                .containsEntry("type", List.of("number", "null"));
        assertThat(property(store, "temp"))
                .containsEntry("unit", "°C")
                .containsEntry("type", List.of("integer", "null"));
        assertThat(property(store, "running")).containsEntry("type", List.of("boolean", "null"));
        assertThat(property(store, "note")).containsEntry("type", List.of("string", "null"));
        assertThat(store.schema().required()).containsExactly("ts", "asset_id");
        Rollup rollup = (Rollup) t.featurestores().get(0).transform();
        assertThat(rollup.every()).isEqualTo(Duration.ofMinutes(10));
        assertThat(rollup.by()).containsExactly("asset_id");
        assertThat(t.connectors().get(0).map()).containsExactly(Map.entry("temp", "Temp [°C]"));
        assertThat(t.metrics())
                .extracting(m -> m.key())
                .contains("mean_pressure_bar", "mean_temp", "rows_total", "latest_rows");
        assertThat(t.dashboards().get(0).controls()).extracting(c -> c.key()).containsExactly("range", "subject");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-01-05T10:00:00Z                |
            2026-01-05 10:00:00                 |
            2026-01-05T10:00                    |
            2026-01-05                          | = fn:time(Zeit, 'iso', 'Europe/Berlin')
            05.01.2026 10:00                    | = fn:time(Zeit, 'd.M.yyyy H:mm[:ss]', 'Europe/Berlin')
            25/01/2026 10:00:00                 | = fn:time(Zeit, 'd/M/yyyy H:mm[:ss]', 'Europe/Berlin')
            1/25/2026 10:00:00 PM               | = fn:time(Zeit, 'M/d/yyyy h:mm[:ss] a', 'Europe/Berlin')
            2026/01/05 10:00                    | = fn:time(Zeit, 'yyyy/M/d H:mm[:ss]', 'Europe/Berlin')
            5 Jan 2026 10:00                    | = fn:time(Zeit, 'd MMM yyyy H:mm[:ss]', 'Europe/Berlin')
            20260105                            | = fn:time(Zeit, 'yyyyMMdd', 'Europe/Berlin')
            2026-01                             | = fn:time(Zeit, 'yyyy-MM', 'Europe/Berlin')
            2026                                | = fn:time(Zeit, 'yyyy', 'Europe/Berlin')
            1767607200                          | = fn:epoch(Zeit)
            1767607200.5                        | = fn:epoch(Zeit)
            1767607200500                       | = fn:epoch(Zeit / 1000)
            """)
    void timesAreFoundByTheirValues(String time, String mapping) {
        Template t = propose(text("value;Zeit\n1;" + time + "\n"), o -> o.withZone(ZoneId.of("Europe/Berlin")))
                .template();
        assertThat(t.datastores().get(0).time()).isEqualTo("zeit");
        assertThat(t.connectors().get(0).map()).containsEntry("zeit", mapping == null ? "Zeit" : mapping);
        assertThat(t.timezone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void betweenTimesTheNameDecidesAndTheOtherStaysATime() {
        Template t = csv("created_at,ts,v\n" + lines(5, i -> minute(i) + "," + minute(i + 1) + "," + i));
        assertThat(t.datastores().get(0).time()).isEqualTo("ts");
        assertThat(property(t.datastores().get(0), "created_at")).containsEntry("format", "date-time");
    }

    @Test
    void dayAndMonthAreToldApartByTheOrderOfRows() {
        String rows = lines(5, i -> (i + 1) + "/2/2026 10:00," + i);
        assertThat(csv("t,v\n" + rows).connectors().get(0).map().get("t")).contains("d/M/yyyy");
        String months = lines(12, i -> (i + 1) + "/1/2026 10:00," + i);
        assertThat(csv("t,v\n" + months).connectors().get(0).map().get("t"))
                .as("months of a year, or days of January")
                .contains("d/M/yyyy");
        String monthFirst = lines(3, i -> (i + 1) + "/" + (9 - i) + "/2026 10:00," + i);
        assertThat(csv("t,v\n" + monthFirst).connectors().get(0).map().get("t")).contains("M/d/yyyy");
    }

    @Test
    void germanFilesAreReadWithTheirCommasAndTheirWordsForNothing() {
        Template t = csv("Datum/Zeit;Gerät;Durchfluß in m³/h\n"
                + lines(6, i -> "0" + (i + 1) + ".03.2026 08:00;A;" + (i == 3 ? "NA" : i + ",5")));
        Connector inbox = t.connectors().get(0);
        assertThat(inbox.options().get("csv"))
                .isEqualTo(Map.of("delimiter", ";", "decimal_comma", true, "zone", "UTC", "null_texts", List.of("NA")));
        assertThat(inbox.map())
                .containsEntry("datum_zeit", "= fn:time(record.'Datum/Zeit', 'd.M.yyyy H:mm[:ss]', 'UTC')")
                .containsEntry("gerat", "Gerät")
                .containsEntry("durchfluss", "Durchfluß in m³/h");
        assertThat(property(t.datastores().get(0), "durchfluss")).containsEntry("unit", "m³/h");
    }

    @Test
    void nestedMembersAreColumnsAndListsStayJson() {
        Template t = ndjson(lines(
                6,
                i -> "{\"at\":\"" + minute(i) + "\",\"meta\":{\"site\":\"n\"},\"values\":{\"p\":" + i + ".5,\"t/1\":"
                        + i + "},\"tags\":[1,2],\"mixed\":" + (i % 2 == 0 ? "1" : "\"a\"") + "}"));
        Datastore store = t.datastores().get(0);
        assertThat(store.schema().properties())
                .containsOnlyKeys("at", "meta_site", "values_p", "values_t_1", "tags", "mixed");
        assertThat(t.connectors().get(0).map())
                .containsEntry("values_p", "/values/p")
                .containsEntry("values_t_1", "/values/t~11");
        assertThat(property(store, "tags")).doesNotContainKey("type");
        assertThat(property(store, "mixed")).doesNotContainKey("type");
    }

    @Test
    void localTimesInJsonAreMapped() {
        Template t = ndjson("{\"t\":{\"on\":\"2026-01-01 10:00\"},\"v\":1}\n");
        assertThat(t.connectors().get(0).map()).containsEntry("t_on", "= fn:time(t.on, 'iso', 'UTC')");
    }

    @Test
    void longFormIsKeyedByTwoColumns() {
        Template t = csv("ts,station,parameter,value\n"
                + lines(
                        40,
                        i -> minute(i / 4) + ",S" + (i / 2 % 2) + "," + (i % 2 == 0 ? "pm10" : "no2") + "," + i * 1.5));
        assertThat(t.datastores().get(0).naturalKey()).containsExactlyInAnyOrder("station", "parameter", "ts");
    }

    @Test
    void rowsThatNothingTellsApartAreKept() {
        TemplateProposal proposal = propose(text("ts,v\n" + lines(10, i -> minute(i / 2) + "," + i)), o -> o);
        assertThat(proposal.template().datastores().get(0).naturalKey()).isEmpty();
        assertThat(proposal.toString()).contains("rows are kept as they come");
    }

    @Test
    void repeatedRowsDoNotSpoilAKey() {
        String rows = lines(10, i -> minute(i) + "," + i);
        TemplateProposal proposal = propose(text("ts,v\n" + rows + minute(9) + ",9\n"), o -> o);
        assertThat(proposal.template().datastores().get(0).naturalKey()).containsExactly("ts");
        assertThat(proposal.toString()).contains("1 rows are the same as another");
    }

    @Test
    void whatLooksLikeANumberAndIsNoneStaysText() {
        Template t = csv("ts,code,big\n" + lines(4, i -> minute(i) + ",00" + i + ",1234567890123456789012"));
        assertThat(property(t.datastores().get(0), "code")).containsEntry("type", List.of("string", "null"));
        assertThat(property(t.datastores().get(0), "big")).containsEntry("type", List.of("number", "null"));
    }

    @Test
    void columnsWithoutAValueAndRowNumbersAreNotFollowed() {
        TemplateProposal proposal =
                propose(text("no,ts,v,gone\n" + lines(10, i -> i + "," + minute(i) + "," + i * 2.5 + ",")), o -> o);
        assertThat(proposal.template().metrics())
                .extracting(m -> m.key())
                .contains("mean_v")
                .doesNotContain("mean_no");
        assertThat(proposal.template().datastores().get(0).schema().properties())
                .doesNotContainKey("gone");
        assertThat(proposal.reasons())
                .extracting(Reason::text)
                .anyMatch(text -> text.contains("\"gone\" has no value"));
    }

    @ParameterizedTest
    @CsvSource({"1,PT1M", "10,PT1M", "60,PT10M", "900,PT1H", "3600,P1D", "86400,P1M", "604800,P1M", "31536000,P1Y"})
    void bucketsHoldSomeRows(long seconds, String width) {
        Template t = csv("ts,v\n" + lines(20, i -> NOW.minusSeconds(seconds * (20 - i)) + "," + i));
        Rollup rollup = (Rollup) t.featurestores().get(0).transform();
        assertThat(rollup.every()).isEqualTo(width.contains("T") ? Duration.parse(width) : Period.parse(width));
    }

    @Test
    void aSampleOfTheFutureIsNotRefused() {
        assertThat(csv("ts,v\n" + minute(0) + ",1\n")
                        .datastores()
                        .get(0)
                        .accept()
                        .future())
                .contains(Duration.ofDays(1));
        assertThat(csv("ts,v\n2027-01-01T00:00:00Z,1\n")
                        .datastores()
                        .get(0)
                        .accept()
                        .future())
                .isEmpty();
    }

    @Test
    void strangeHeadersGetUsableNames() {
        Template t = csv("ts,bucket,xmin,1st,Größe,температура,a_wid1,select,a b,a-b\n"
                + lines(4, i -> minute(i) + ",1,2,3,4,5,6,7,8,9." + i));
        assertThat(t.datastores().get(0).schema().properties().keySet())
                .containsExactly(
                        "ts",
                        "value_bucket",
                        "value_xmin",
                        "c_1st",
                        "grosse",
                        "column_6",
                        "value_a_w_id1",
                        "select",
                        "a_b",
                        "a_b_2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ts,v\n", "a,b\n1,2\n", "ts,v\n2026-01-01T00:00:00Z,1\n,2\n", "a,b\n1,2,3\n"})
    void aSampleWithoutTimesIsRefusedWithWhatToDo(String sample) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> csv(sample))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.SAMPLE_UNUSABLE))
                .withMessageMatching("(?s).*(give a sample with|Add one such as).*");
    }

    @Test
    void filesAreReadByTheirEndingAndNameTheTemplate(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("North Pumps 2026.ndjson"), "{\"ts\":\"" + minute(0) + "\",\"v\":1}\n");
        assertThat(TemplateProposal.from(file, NOW).template().key()).isEqualTo("north_pumps_2026");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> TemplateProposal.from(folder.resolve("x.parquet"), NOW))
                .withMessageContaining("the ending says no format");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ProposalOptions.at(NOW).withKey("North"));
    }

    @Test
    void mapsAreASampleToo() {
        Template t = propose(
                        Rows.of(List.of(
                                Map.of("ts", NOW.toString(), "v", 1.5),
                                Map.of("ts", NOW.minusSeconds(60).toString()))),
                        o -> o.withKey("maps_of_mine"))
                .template();
        assertThat(t.key()).isEqualTo("maps_of_mine");
    }

    private static Template csv(String text) {
        return propose(text(text), o -> o).template();
    }

    private static Template ndjson(String text) {
        return propose(Rows.ndjson(bytes(text)), o -> o).template();
    }

    private static Rows text(String csv) {
        return Rows.csv(bytes(csv));
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whatever is proposed passes the checks without a word and is itself when it is written and read. */
    private static TemplateProposal propose(Rows rows, UnaryOperator<ProposalOptions> settings) {
        TemplateProposal proposal = TemplateProposal.from(rows, settings.apply(ProposalOptions.at(NOW)));
        assertThat(TemplateChecker.check(proposal.template())).isEmpty();
        String yaml = TemplateWriter.yaml(proposal.template());
        assertThat(TemplateWriter.id(TemplateReader.read(yaml).template()))
                .isEqualTo(TemplateWriter.id(proposal.template()));
        assertThat(proposal.reasons())
                .isNotEmpty()
                .allSatisfy(reason -> assertThat(reason.text()).isNotBlank());
        return proposal;
    }

    @SuppressWarnings("unchecked") // schemas are trees of plain values
    private static Map<String, Object> property(Datastore store, String name) {
        return (Map<String, Object>) store.schema().properties().get(name);
    }

    private static String minute(int i) {
        return NOW.minus(Duration.ofDays(1)).plus(Duration.ofMinutes(i)).toString();
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }
}
