package io.datalifecycle.dlt.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Severity;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.AggregateFunction;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateCheckerTest {

    private static final String PUMP_STATION = resource("/io/datalifecycle/dlt/language/pump_station.yaml");
    private static final String ENERGY = resource("energy.yaml");

    @Test
    void aSoundTemplateHasNoProblem() {
        assertThat(TemplateChecker.check(TemplateReader.draft(PUMP_STATION))).isEmpty();
        assertThat(TemplateChecker.read(PUMP_STATION).template().key()).isEqualTo("pump_station");
        assertThat(TemplateChecker.check(TemplateReader.draft(ENERGY))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "p_", "a_long_prefix_"})
    void whatASoundTemplateIsMadeOfStaysSoundUnderAPrefix(String prefix) {
        for (String text : List.of(PUMP_STATION, ENERGY)) {
            Template sound = TemplateReader.read(text).template();
            Template including = Template.define("both", "1.0.0", t -> {
                t.timezone(sound.timezone().getId()).include(sound, prefix);
                t.include(sound, "x_");
            });

            assertThat(TemplateChecker.check(including)).isEmpty();
            assertThat(TemplateChecker.check(Template.define("more", "1.0.0", t -> t.extending(sound))))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachMistakeIsToldWithItsPlaceAndWhatWouldBeRight(Mistake mistake) {
        assertThat(mistake.base()).contains(mistake.replace());

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

    @Test
    void aStoreThatIsJoinedToItselfThroughOthersIsACircle() {
        String text = ENERGY.replace(
                "from: datastore:tariffs, columns: [price]", "from: featurestore:peaks, columns: [peak], within: P1D");

        assertThat(problems(
                        text.replace("FROM featurestore:hourly WHERE bucket", "FROM featurestore:costs WHERE bucket")))
                .containsExactly("/featurestores/costs (76:3): featurestore:costs feeds itself: featurestore:costs →"
                        + " featurestore:peaks → featurestore:costs; break the circle [DLT-1011]");
        assertThat(problems(text)).isEmpty();
    }

    @Test
    void mergedColumnsLeaveRoomForTheNamesOfTheirStates() {
        String longest = "x".repeat(52);
        String text = ENERGY.replace("samples: count()", "NAME: count()").replace("merge(samples)", "merge(NAME)");

        assertThat(problems(text.replace("NAME", longest))).isEmpty();
        assertThat(problems(text.replace("NAME", longest + "x")))
                .containsExactly("/featurestores/hourly/rollup/columns/" + longest + "x (51:64): column " + longest
                        + "x has more than 52 bytes, names of the columns that keep what is merged of it pass 63;"
                        + " shorten it [DLT-1031]");
        assertThat(problems(ENERGY.replace("samples: count()", "samples: count()\n        " + longest + "x: count()")))
                .isEmpty();
    }

    @Test
    void aZoneWhoseDaysCutBucketsThatAreMergedIsTold() {
        Template energy = TemplateReader.read(ENERGY).template();
        Template pinned = TemplateReader.read(
                        ENERGY.replace("every: P1D\n      by", "every: P1D\n      timezone: UTC\n      by")
                                .replace("every: P1M\n", "every: P1M\n      timezone: UTC\n"))
                .template();

        assertThat(TemplateChecker.checkZone(energy, ZoneId.of("America/Chicago")))
                .isEmpty();
        assertThat(TemplateChecker.checkZone(energy, ZoneId.of("Asia/Kathmandu")))
                .extracting(Problem::toString)
                .containsExactly(
                        "/featurestores/daily/rollup/every: in zone Asia/Kathmandu buckets of P1D in Asia/Kathmandu"
                                + " cut buckets of PT1H of featurestore:hourly in two; widths that fit below it are PT10S, PT30S,"
                                + " PT1M, PT5M, PT15M [DLT-1035]");
        assertThat(TemplateChecker.checkZone(pinned, ZoneId.of("Asia/Kathmandu")))
                .isEmpty();
    }

    @Test
    void aggregatesDeclaredInJavaAreWholeToo() {
        Template template = Template.define("a", "1.0.0", t -> {
            Datastore raw = t.datastore(
                    "raw",
                    d -> d.time("ts").field("ts", Field.timestamp().required()).field("v", Field.number()));
            t.featurestore(
                    "f",
                    f -> f.rollup(
                            raw,
                            r -> r.every(Duration.ofHours(1))
                                    .column("a", Aggregate.percentile("v", 2))
                                    .column("b", Aggregate.histogram("v", 1, 1, 5))
                                    .column("c", Aggregate.histogram("v", 0, 1, 101))
                                    .column("d", Aggregate.durationIn("v", Duration.ZERO))
                                    .column("e", new Aggregate(AggregateFunction.AVG, Optional.of("v"), List.of("x")))
                                    .column("f", new Aggregate(AggregateFunction.RATE, Optional.empty(), List.of()))
                                    .column("g", Aggregate.avg("v"), " ")
                                    .hold(Duration.ofMinutes(-1))));
        });

        String columns = "/featurestores/f/rollup/columns/";
        assertThat(TemplateChecker.check(template))
                .extracting(Problem::toString)
                .containsExactly(
                        columns
                                + "a: percentile(v, 2.0) needs a fraction from 0 to 1; for instance percentile(column, 0.95)"
                                + " [DLT-1035]",
                        columns + "b: histogram(v, 1, 1, 5) needs a lower and a higher bound and from 1 to 100 bins;"
                                + " for instance histogram(column, 0, 10, 20) [DLT-1035]",
                        columns + "c: histogram(v, 0, 1, 101) needs a lower and a higher bound and from 1 to 100 bins;"
                                + " for instance histogram(column, 0, 10, 20) [DLT-1035]",
                        columns + "d: duration_in(v, PT0S) needs one value, a text, a number or a truth value;"
                                + " for instance duration_in(column, 'on') [DLT-1035]",
                        columns + "e: avg(v, 'x') needs nothing but a column; leave the arguments out [DLT-1035]",
                        columns + "f: rate() needs a column [DLT-1035]",
                        columns
                                + "g: the condition cannot be read; write column op literal, joined by and: state = 'on'"
                                + " and pressure > 0.5 [DLT-1022]",
                        "/featurestores/f/rollup/hold: hold: PT-1M is not above 0; for instance PT1H [DLT-1005]");
    }

    private static List<String> problems(String text) {
        return TemplateChecker.check(TemplateReader.draft(text)).stream()
                .map(Problem::toString)
                .toList();
    }

    static Stream<Mistake> mistakes() {
        return Stream.concat(
                mistakes(PUMP_STATION, "mistakes.txt").stream(), mistakes(ENERGY, "energy_mistakes.txt").stream());
    }

    private static List<Mistake> mistakes(String base, String resource) {
        List<Mistake> mistakes = new ArrayList<>();
        for (String block : resource(resource).split("\n\n")) {
            List<String> lines =
                    block.lines().filter(line -> !line.startsWith("#")).toList();
            if (!lines.isEmpty()) {
                List<String> finds = lines.stream()
                        .filter(l -> l.startsWith("finds   "))
                        .map(l -> l.substring(8))
                        .toList();
                mistakes.add(new Mistake(base, argument(lines.get(0)), argument(lines.get(1)), finds));
            }
        }
        return mistakes;
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

    record Mistake(String base, String replace, String by, List<String> finds) {
        String text() {
            int at = base.indexOf(replace);
            return base.substring(0, at) + by + base.substring(at + replace.length());
        }
    }
}
