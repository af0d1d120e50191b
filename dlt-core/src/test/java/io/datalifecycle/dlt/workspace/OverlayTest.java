package io.datalifecycle.dlt.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.template.Template;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlayTest {

    private static final String BASE = """
            dlt: 1
            key: tanks
            version: 1.0.0
            datastores:
              levels:
                time: ts
                schema:
                  type: object
                  required: [ts]
                  properties: {ts: {type: string, format: date-time}, level: {type: number}, temp: {type: number}}
            metrics:
              level_now: {latest: {from: datastore:levels, column: level}}
            alerts:
              high: {metric: level_now, raise: value > 3, notify: [ops]}
            channels:
              ops: {type: log}
            """;
    private static final Template TANKS = TemplateReader.read(BASE).template();
    private static final String OVERLAY = """
            overlay: 1
            changes:
              - disable: alert:high
              - add: metric:temp_now
                as: {latest: {from: datastore:levels, column: temp}}
              - replace: channel:ops
                as:
                  type: email
                  to: [ops@example.org]
            """;

    @Test
    void itemsAreDisabledAddedAndReplaced() {
        Overlay.Applied applied = Overlay.read(OVERLAY).applyTo(TANKS);

        assertThat(applied.conflicts()).isEmpty();
        assertThat(applied.fits()).isTrue();
        assertThat(applied.template())
                .isEqualTo(TemplateReader.read(BASE.replace(
                                        "  high: {metric: level_now, raise: value > 3, notify: [ops]}\n", "")
                                .replace("alerts:\n", "  temp_now: {latest: {from: datastore:levels, column: temp}}\n")
                                .replace("{type: log}", "{type: email, to: [ops@example.org]}"))
                        .template());
        assertThat(TemplateWriter.id(applied.template()))
                .hasToString("tanks:1.0.0")
                .isNotEqualTo(TemplateWriter.id(TANKS));
    }

    @Test
    void javaSaysTheSame() {
        Template others = Template.define("others", "1", t -> {
            t.metric("temp_now", m -> m.latest("datastore:levels", "temp"));
            t.channel("ops", c -> c.email("ops@example.org"));
        });
        Overlay overlay = Overlay.builder()
                .disable("alert:high")
                .add(others, "metric:temp_now")
                .replace("channel:ops", "{type: email, to: [ops@example.org]}")
                .build();

        assertThat(overlay).isEqualTo(Overlay.read(OVERLAY));
        assertThat(Overlay.builder()
                        .disable("alert:high")
                        .add("metric:temp_now", "latest:\n  from: datastore:levels\n  column: temp\n")
                        .replace(others, "channel:ops")
                        .build())
                .isEqualTo(overlay);
        assertThat(overlay.yaml()).isEqualTo("""
                overlay: 1
                changes:
                  - {disable: alert:high}
                  - {add: metric:temp_now, as: {latest: {from: datastore:levels, column: temp}}}
                  - {replace: channel:ops, as: {type: email, to: ["ops@example.org"]}}
                """);
        assertThat(Overlay.read(overlay.json())).isEqualTo(overlay);
    }

    @Test
    void allConflictsAreToldAtOnceAndTheRestIsApplied() {
        Overlay overlay = Overlay.builder()
                .add("metric:level_now", "{latest: {from: datastore:levels, column: temp}}")
                .disable("alert:low")
                .replace("channel:hook", "{type: log}")
                .disable("alert:high")
                .build();

        Overlay.Applied applied = overlay.applyTo(TANKS);

        assertThat(applied.fits()).isFalse();
        assertThat(applied.conflicts())
                .extracting(Problem::toString)
                .containsExactly(
                        "/changes/0: the overlay adds metric:level_now, which tanks:1.0.0 has itself; write replace:"
                                + " metric:level_now, or choose another key [DLT-2012]",
                        "/changes/1: the overlay disables alert:low, which tanks:1.0.0 does not have; leave it out [DLT-2012]",
                        "/changes/2: the overlay replaces channel:hook, which tanks:1.0.0 does not have; write add:"
                                + " channel:hook [DLT-2012]");
        assertThat(applied.template().alerts()).isEmpty();
        assertThat(applied.template().metrics()).isEqualTo(TANKS.metrics());
    }

    @Test
    void anItemThatTheBaseRenamedIsNamed() {
        Template next = TemplateReader.read(
                        BASE.replace("  high:", "  too_high:").replace("{metric:", "{renamed_from: high, metric:"))
                .template();

        assertThat(Overlay.builder().disable("alert:high").build().applyTo(next).conflicts())
                .extracting(Problem::hint)
                .containsExactly("it is called alert:too_high now");
    }

    @Test
    void whatTheBaseChangedSinceIsNoted() {
        Overlay overlay = Overlay.read(OVERLAY).rebasedOn(TANKS);
        Template next =
                TemplateReader.read(BASE.replace("value > 3", "value > 4")).template();
        Template renamed = TemplateReader.read(BASE.replace("{metric:", "{renamed_from: tall, metric:"))
                .template();

        assertThat(overlay.applyTo(TANKS).conflicts()).isEmpty();
        assertThat(overlay.applyTo(renamed).conflicts()).isEmpty();
        assertThat(overlay.applyTo(next).fits()).isTrue();
        assertThat(overlay.applyTo(next).conflicts())
                .extracting(Problem::toString)
                .containsExactly("/changes/0: the base changed alert:high since the overlay disabled it; look at what"
                        + " tanks:1.0.0 says now [DLT-2012]");
        assertThat(overlay.rebasedOn(next).applyTo(next).conflicts()).isEmpty();
        assertThat(Overlay.read(overlay.yaml())).isEqualTo(overlay);
    }

    @Test
    void problemsOfTheResultSayWhatTheOverlayHasInThem() {
        Overlay.Applied applied = Overlay.builder()
                .disable("channel:ops")
                .replace("metric:level_now", "{latest: {from: datastore:levels, column: lvl}}")
                .build()
                .applyTo(TANKS);

        assertThat(applied.explain(Problem.error(
                                ProblemCode.UNKNOWN_REFERENCE,
                                "/alerts/high/notify/0",
                                "channel ops does not exist",
                                ""))
                        .message())
                .isEqualTo("channel ops does not exist (the overlay disables channel:ops)");
        assertThat(applied.explain(Problem.error(
                                ProblemCode.UNKNOWN_COLUMN, "/metrics/level_now/latest/column", "no column lvl", ""))
                        .message())
                .isEqualTo("no column lvl (the overlay replaces it)");
        assertThat(applied.explain(Problem.error(ProblemCode.BAD_SQL, "/alerts/high", "opsy is gone", ""))
                        .message())
                .isEqualTo("opsy is gone (only with the overlay)");
        Problem warning = Problem.warning(ProblemCode.UNUSED, "/alerts/high", "nobody asks", "");
        assertThat(applied.explain(warning)).isEqualTo(warning);
    }

    @Test
    void everythingWrongWithTheTextIsToldAtOnceWithItsPlace() {
        String text = """
                overlay: 2
                changes:
                  - disable: alarm:high
                  - add: metric:Temp
                    as: {latest: {from: datastore:levels, column: temp}}
                  - add: metric:temp
                    as:
                      latest: {from: levels, column: temp}
                      resutl: table
                  - replace: channel:ops
                    base: abc
                  - disable: channel:ops
                    as: {type: log}
                  - {add: alert:a, replace: alert:b}
                  - {as: {type: log}}
                """;

        assertThatThrownBy(() -> Overlay.read(text))
                .isInstanceOfSatisfying(
                        TemplateInvalidException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::toString)
                                .containsExactly(
                                        "/overlay (1:10): overlay: version 2 of the form is not known; write overlay: 1 [DLT-1005]",
                                        "/changes/0/disable (3:5): \"alarm:high\" names no item; write kind:key; known: parameter,"
                                                + " datastore, connector, featurestore, model, inferencestore, metric, dashboard, alert, report, channel [DLT-1005]",
                                        "/changes/1/add (4:5): \"Temp\" is no key: use a small letter, then at most 39 small"
                                                + " letters, digits and _ [DLT-1006]",
                                        "/changes/2/as/latest/from (8:22): from: \"levels\" is no reference to a store; write"
                                                + " datastore:key, featurestore:key or inferencestore:key [DLT-1005]",
                                        "/changes/2/as/resutl (9:7): resutl is not a known key here; did you mean result?"
                                                + " [DLT-1002]",
                                        "/changes/3 (10:5): as is missing; write the item below as, without its key [DLT-1003]",
                                        "/changes/3/base (11:11): base: \"abc\" is not a SHA-256 of 64 small hex digits [DLT-1005]",
                                        "/changes/4/disable (12:5): channel:ops is changed twice; one change says it all [DLT-1007]",
                                        "/changes/4/as (13:5): what is disabled has no content; leave as out [DLT-1002]",
                                        "/changes/5 (14:5): add and replace cannot be combined; a change has exactly one of them"
                                                + " [DLT-1003]",
                                        "/changes/6 (15:5): it has no add, replace or disable; a change has exactly one of them"
                                                + " [DLT-1003]"));
    }

    @Test
    void theBuilderTellsEverythingToo() {
        assertThatThrownBy(() -> Overlay.builder()
                        .disable("high")
                        .add("metric:a", "{latest: {from: datastore:levels}}")
                        .add(TANKS, "metric:b")
                        .disable("alert:c")
                        .replace("alert:c", "{metric: level_now, raise: value > 1}")
                        .build())
                .isInstanceOfSatisfying(
                        TemplateInvalidException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::toString)
                                .containsExactly(
                                        "/changes/0/disable: \"high\" names no item; write kind:key; known: parameter, datastore,"
                                                + " connector, featurestore, model, inferencestore, metric, dashboard, alert, report, channel [DLT-1005]",
                                        "/changes/1/as/latest (1:2): column is missing [DLT-1003]",
                                        "/changes/2/add: template tanks:1.0.0 has no metric:b; it has [level_now] [DLT-1010]",
                                        "/changes/4: alert:c is changed twice; one change says it all [DLT-1007]"));
        assertThatThrownBy(() -> new Overlay(List.of(
                        Overlay.read(OVERLAY).changes().get(0),
                        Overlay.read(OVERLAY).changes().get(0))))
                .hasMessageContaining("alert:high is changed twice");
    }
}
