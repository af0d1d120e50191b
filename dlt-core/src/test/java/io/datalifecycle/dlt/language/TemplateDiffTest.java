package io.datalifecycle.dlt.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.template.ItemKind;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateDiffTest {

    private static final String PUMP_STATION = RoundTripTest.resource("pump_station.yaml");

    @Test
    void eachItemIsToldWithWhatDiffersInIt() {
        Template before = read(PUMP_STATION);
        Template after = read(PUMP_STATION
                .replace("version: 1.0.0", "version: 2.0.0")
                .replace("timezone: UTC", "timezone: Europe/Berlin")
                .replace(
                        "unit: bar}\n        vibration", "unit: mbar}\n        rpm: {type: integer}\n        vibration")
                .replace("  pump_anomalies:\n", "  pump_scores:\n    renamed_from: pump_anomalies\n")
                .replace("inferencestore:pump_anomalies", "inferencestore:pump_scores")
                .replace("retention: P2Y", "retention: P3Y")
                .replace(
                        "  vibration_now:",
                        "  newest: {latest: {from: datastore:sensor_data, column: rpm}}\n  vibration_now:"));

        assertThat(TemplateDiff.between(before, after)).hasToString("""
                pump_station:1.0.0 -> pump_station:2.0.0
                  /timezone: (none) -> "Europe/Berlin"
                  changed datastore:sensor_data
                    /schema/properties/pressure/unit: "bar" -> "mbar"
                    /schema/properties/rpm: (none) -> {"type":"integer"}
                    /retention: "P2Y" -> "P3Y"
                  changed model:pump_anomaly
                    /score/into: "inferencestore:pump_anomalies" -> "inferencestore:pump_scores"
                  renamed inferencestore:pump_anomalies -> inferencestore:pump_scores
                  added metric:newest
                """);
        assertThat(TemplateDiff.between(before, after).summary(3))
                .containsExactly(
                        "/timezone: (none) -> \"Europe/Berlin\"",
                        "datastore:sensor_data/schema/properties/pressure/unit: \"bar\" -> \"mbar\"",
                        "datastore:sensor_data/schema/properties/rpm: (none) -> {\"type\":\"integer\"}");
        assertThat(TemplateDiff.between(after, before).entry(new ItemName(ItemKind.METRIC, "newest")))
                .hasValueSatisfying(entry -> assertThat(entry.kind()).isEqualTo(TemplateDiff.Kind.REMOVED));
    }

    @Test
    void aPanelPutInBetweenIsOneDifference() {
        Template before = read(PUMP_STATION);
        Template after = read(PUMP_STATION.replace(
                "    panels:\n", "    panels:\n      - {type: text, text: Hello, at: {x: 0, y: 9, w: 12, h: 1}}\n"));

        assertThat(TemplateDiff.between(before, after).summary(9))
                .containsExactly("dashboard:overview/panels/0: (none) -> "
                        + "{\"at\":{\"h\":1,\"w\":12,\"x\":0,\"y\":9},\"text\":\"Hello\",\"type\":\"text\"}");
    }

    @Test
    void titlesAreNoContent() {
        Template before = read(PUMP_STATION);
        Template after = read(
                PUMP_STATION.replace("title: Pump station", "title: Pumps").replace("title: Alerts", "title: All"));

        assertThat(TemplateDiff.between(before, after).summary(9))
                .containsExactly(
                        "/title: \"Pump station\" -> \"Pumps\"",
                        "dashboard:overview/panels/1/title: \"Alerts\" -> \"All\"");
        assertThat(TemplateDiff.ofContent(before, after).isEmpty()).isTrue();
    }

    @Test
    void longValuesAreShortened() {
        Template before = read(PUMP_STATION);
        Template after = read(PUMP_STATION.replace("title: Pump station", "title: \"" + "😀".repeat(200) + "\""));

        assertThat(TemplateDiff.between(before, after).own().get(0).after())
                .hasValueSatisfying(text -> assertThat(text).hasSize(120).endsWith("😀…"));
    }

    /** The hash is the other way to tell: the two must agree on every pair. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void contentDiffersExactlyWhereTheHashDoes(long seed) {
        Template one = RandomRenames.of(RandomTemplates.of(seed), seed);
        Template same = TemplateReader.read(TemplateWriter.json(one)).template();
        Template other = RandomRenames.of(RandomTemplates.of(seed), seed + 1_000);

        assertThat(TemplateDiff.between(one, same).isEmpty()).isTrue();
        assertThat(TemplateDiff.ofContent(one, other).isEmpty())
                .isEqualTo(TemplateWriter.id(one)
                        .hash()
                        .equals(TemplateWriter.id(other).hash()));
    }

    private static Template read(String text) {
        return TemplateReader.read(text).template();
    }
}
