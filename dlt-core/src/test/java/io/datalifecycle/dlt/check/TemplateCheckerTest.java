package io.datalifecycle.dlt.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Severity;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateCheckerTest {

    private static final String PUMP_STATION = resource("/io/datalifecycle/dlt/language/pump_station.yaml");

    @Test
    void aSoundTemplateHasNoProblem() {
        assertThat(TemplateChecker.check(TemplateReader.draft(PUMP_STATION))).isEmpty();
        assertThat(TemplateChecker.read(PUMP_STATION).template().key()).isEqualTo("pump_station");
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachMistakeIsToldWithItsPlaceAndWhatWouldBeRight(Mistake mistake) {
        assertThat(PUMP_STATION).contains(mistake.replace());

        assertThat(TemplateChecker.check(TemplateReader.draft(mistake.text())))
                .extracting(p -> (p.severity() == Severity.WARNING ? "warning " : "") + p)
                .containsExactlyElementsOf(mistake.finds());
    }

    @Test
    void everyCodeOfTheLanguageIsProvoked() {
        String all =
                String.join("\n", mistakes().flatMap(m -> m.finds().stream()).toList());

        assertThat(Arrays.stream(ProblemCode.values()).filter(code -> code.number() < 2000))
                .allMatch(code -> all.contains("[" + code.label() + "]"));
    }

    @Test
    void sevenMistakesAreToldAtOnce() {
        String text = PUMP_STATION
                .replace("version: 1.0.0", "version: 1.10")
                .replace("on_invalid: quarantine", "on_invald: quarantine")
                .replace("avg(pressure)", "avg(presure)")
                .replace("\"*/10 * * * *\"", "\"*/10 * * *\"")
                .replace("bucket < :to", "bucket < :until")
                .replace("raise: value > param.vibration_limit", "raise: value > param.vibration_limt")
                .replace("bucket >= :from", "bucket >= :from OR :to IS NULL")
                .replace("formats: [pdf, inline]", "formats: [pdf, print]");

        assertThatThrownBy(() -> TemplateChecker.read(text))
                .isInstanceOfSatisfying(
                        TemplateInvalidException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::toString)
                                .containsExactly(
                                        "/version (3:10): version: a text is needed, found the number 1.10; put it in quotes: \"1.10\" [DLT-1004]",
                                        "/datastores/sensor_data/on_invald (24:5): on_invald is not a known key here; did you mean on_invalid? [DLT-1002]",
                                        "/featurestores/pump_metrics_10min/rollup/columns/pressure_avg (35:31): datastore:sensor_data has no column"
                                                + " presure; did you mean pressure? [DLT-1013]",
                                        "/featurestores/pump_metrics_10min/refresh/cron (36:21): cron: \"*/10 * * *\" has 4 fields, it needs five (minute"
                                                + " hour day month weekday) or six (second first); write five fields, for instance 0 3 * * * [DLT-1023]",
                                        "/metrics/pressure_by_asset/sql (54:10): input :until at line 3, column 52 is not declared; known: from, to,"
                                                + " asset_id [DLT-1014]",
                                        "/alerts/high_vibration/raise (81:12): parameter vibration_limt does not exist; did you mean vibration_limit?"
                                                + " [DLT-1012]",
                                        "/reports/weekly/formats (88:72): formats: \"print\" is not known; known: pdf, inline, html [DLT-1005]"));
    }

    @Test
    void namesThatHideCharactersAreRefused() {
        String text = PUMP_STATION.replace(
                "        pressure: {", "        \"a\\u202eb\": {type: number}\n        pressure: {");

        assertThat(TemplateChecker.check(TemplateReader.draft(text)))
                .extracting(Problem::toString)
                .containsExactly(
                        "/datastores/sensor_data/schema/properties/a\u202eb (22:9): a column's name holds control or direction"
                                + " characters: a\\u202eb; rename it, or add column: other_name [DLT-1005]");
    }

    @Test
    void tooManyColumnsAreRefused() {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            columns.append("        c").append(i).append(": {type: number}\n");
        }
        String text = PUMP_STATION.replace("        pressure: {", columns + "        pressure: {");

        assertThat(TemplateChecker.check(TemplateReader.draft(text)))
                .extracting(Problem::message)
                .containsExactly("it has 504 columns, at most 500 are possible");
    }

    @Test
    void twoStoresThatFeedEachOtherAreACircle() {
        String text = """
                dlt: 1
                key: circle
                version: 1.0.0
                featurestores:
                  a: {sql: {query: "SELECT bucket, v FROM featurestore:b WHERE bucket >= :from AND bucket < :to", time: bucket, columns: {bucket: timestamp, v: double}}}
                  b: {sql: {query: "SELECT bucket, v FROM featurestore:a WHERE bucket >= :from AND bucket < :to", time: bucket, columns: {bucket: timestamp, v: double}}}
                """;

        assertThat(TemplateChecker.check(TemplateReader.draft(text)))
                .extracting(Problem::toString)
                .containsExactly(
                        "/featurestores/b (6:3): featurestore:b feeds itself: featurestore:b → featurestore:a → featurestore:b;"
                                + " break the circle [DLT-1011]");
    }

    static Stream<Mistake> mistakes() {
        List<Mistake> mistakes = new ArrayList<>();
        for (String block : resource("mistakes.txt").split("\n\n")) {
            List<String> lines =
                    block.lines().filter(line -> !line.startsWith("#")).toList();
            if (!lines.isEmpty()) {
                List<String> finds = lines.stream()
                        .filter(l -> l.startsWith("finds   "))
                        .map(l -> l.substring(8))
                        .toList();
                mistakes.add(new Mistake(argument(lines.get(0)), argument(lines.get(1)), finds));
            }
        }
        return mistakes.stream();
    }

    private static String argument(String line) {
        return (line.length() < 8 ? "" : line.substring(8)).replace("\\n", "\n");
    }

    private static String resource(String name) {
        try (InputStream in = TemplateCheckerTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Mistake(String replace, String by, List<String> finds) {
        String text() {
            int at = PUMP_STATION.indexOf(replace);
            return PUMP_STATION.substring(0, at) + by + PUMP_STATION.substring(at + replace.length());
        }
    }
}
