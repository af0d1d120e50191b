package io.datalifecycle.dlt.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.template.ItemKind;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Template;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncludeTest {

    private static final String COMMON = """
            dlt: 1
            key: common
            version: 1.2.0
            title: Common
            timezone: Europe/Berlin
            parameters:
              limit: {type: number, default: 3}
            datastores:
              levels:
                renamed_from: tanks
                renamed_columns: {level: height}
                time: ts
                schema:
                  type: object
                  required: [ts]
                  properties: {ts: {type: string, format: date-time}, level: {type: number}}
            metrics:
              level_now: {latest: {from: datastore:levels, column: level}}
              level_sql: {sql: "SELECT 'datastore:levels', level FROM datastore:levels -- datastore:levels", result: table}
            alerts:
              high: {metric: level_now, raise: value > param.limit, notify: [ops]}
            channels:
              ops: {type: log}
            """;
    private static final Template TEMPLATE = TemplateReader.read(COMMON).template();
    private static final TemplateLibrary LIBRARY = TemplateLibrary.of(
            TEMPLATE, Template.define("others", "1.0.0", t -> t.channel("ops", c -> c.email("a@example.org"))));

    @Test
    void ownItemsTakeThePlaceOfExtendedOnesOrAreAdded() {
        TemplateSource source = TemplateReader.read("""
                dlt: 1
                key: mine
                version: 2.0.0
                title: Mine
                extends: "common:1.2.0"
                metrics:
                  level_sql: {sql: "SELECT 1 AS one", result: table}
                  extra: {latest: {from: datastore:levels, column: level}}
                """, LIBRARY);
        Template mine = source.template();

        assertThat(mine.key() + ":" + mine.version()).isEqualTo("mine:2.0.0");
        assertThat(mine.title()).hasValue("Mine");
        assertThat(mine.timezone()).isEqualTo(TEMPLATE.timezone());
        assertThat(mine.datastores()).isEqualTo(TEMPLATE.datastores());
        assertThat(mine.renames()).isEqualTo(TEMPLATE.renames());
        assertThat(mine.keys(ItemKind.METRIC)).containsExactly("level_now", "level_sql", "extra");
        assertThat(TemplateReader.read(TemplateWriter.yaml(mine)).template()).isEqualTo(mine);
        assertThat(source.origins())
                .containsEntry(new ItemName(ItemKind.METRIC, "level_now"), "common:1.2.0")
                .doesNotContainKeys(new ItemName(ItemKind.METRIC, "level_sql"), new ItemName(ItemKind.METRIC, "extra"));
    }

    @Test
    void whatIsIncludedWithAPrefixFollowsIt() {
        Template mine = TemplateReader.read("""
                dlt: 1
                key: mine
                version: 2.0.0
                include:
                  - {template: "common:1.2.0", prefix: north_}
                  - {template: "common:1.2.0", prefix: south_}
                  - {template: "others:1.0.0"}
                """, LIBRARY).template();

        assertThat(mine.keys(ItemKind.PARAMETER)).containsExactly("limit");
        assertThat(mine.keys(ItemKind.CHANNEL)).containsExactly("north_ops", "south_ops", "ops");
        assertThat(mine.timezone()).isEqualTo(Template.DEFAULT_ZONE);
        assertThat(mine.title()).isEmpty();
        assertThat(ItemText.json(mine, new ItemName(ItemKind.METRIC, "north_level_sql")))
                .hasValue(
                        "{\"sql\":\"SELECT 'datastore:levels', level FROM datastore:north_levels -- datastore:levels\","
                                + "\"result\":\"table\"}");
        assertThat(ItemText.json(mine, new ItemName(ItemKind.ALERT, "south_high")))
                .hasValue(
                        "{\"metric\":\"south_level_now\",\"raise\":\"value > param.limit\",\"notify\":[\"south_ops\"]}");
        assertThat(mine.renames().items())
                .containsEntry("datastore:north_levels", "north_tanks")
                .containsEntry("datastore:south_levels", "south_tanks");
        assertThat(mine.renames().columnsOf(Ref.datastore("south_levels"))).containsEntry("level", "height");
    }

    @Test
    void javaSaysTheSame() {
        Template inJava = Template.define("mine", "2.0.0", t -> {
            t.extending(TEMPLATE);
            Template north = t.include(TEMPLATE, "north_");
            Metric level = north.metric("north_level_now").orElseThrow();
            t.alert("low", a -> a.metric(level).raise("value < 1"));
        });

        assertThat(TemplateReader.read("""
                        dlt: 1
                        key: mine
                        version: 2.0.0
                        extends: "common:1.2.0"
                        include: [{template: "common:1.2.0", prefix: north_}]
                        alerts: {low: {metric: north_level_now, raise: value < 1}}
                        """, LIBRARY).template()).isEqualTo(inJava);
        assertThatThrownBy(() -> Template.define("mine", "2.0.0", t -> {
                    t.extending(TEMPLATE).extending(TEMPLATE);
                    t.include(TEMPLATE);
                }))
                .hasMessageContaining("/extends: extends was already set to common:1.2.0")
                .hasMessageContaining("/include/0: metric:level_now of common:1.2.0 is in common:1.2.0 too");
    }

    @Test
    void everythingWrongIsToldAtItsPlace() {
        assertThat(problems("""
                        dlt: 1
                        key: mine
                        version: 2.0.0
                        extends: "gone:1.0.0"
                        include:
                          - {template: common}
                          - {template: "others:1.0.0", prefix: X}
                          - {template: "common:1.2.0", prefix: a_very_long_prefix_of_thirty_two_1_}
                          - {prefix: a_}
                          - {template: "others:1.0.0"}
                          - {template: "others:1.0.0", prefx: b_}
                        parameters: {limit: {type: string}}
                        metrics: {a: {sql: "SELECT 1 AS one", result: table}}
                        channels: {ops: {type: log}}
                        """, LIBRARY))
                .containsExactly(
                        "/extends (4:1): extends: template gone:1.0.0 is not there; publish it first, or"
                                + " check key and version [DLT-2017]",
                        "/include/0/template (6:16): template: \"common\" names no version of a template;"
                                + " write key:1.0.0 [DLT-1005]",
                        "/include/1/prefix (7:40): prefix: \"X\" is not a prefix of keys: use a small letter,"
                                + " then small letters, digits and _ [DLT-1005]",
                        "/include/2 (8:5): parameter:limit of common:1.2.0 is not what this template says of"
                                + " it; parameters are shared: let both say the same [DLT-2017]",
                        "/include/2/prefix (8:40): \"a_very_long_prefix_of_thirty_two_1_levels\" is no key:"
                                + " use a small letter, then at most 39 small letters, digits and _ (datastore of"
                                + " common:1.2.0); choose another prefix [DLT-1006]",
                        "/include/2/prefix (8:40): \"a_very_long_prefix_of_thirty_two_1_level_now\" is no"
                                + " key: use a small letter, then at most 39 small letters, digits and _ (metric of"
                                + " common:1.2.0); choose another prefix [DLT-1006]",
                        "/include/2/prefix (8:40): \"a_very_long_prefix_of_thirty_two_1_level_sql\" is no"
                                + " key: use a small letter, then at most 39 small letters, digits and _ (metric of"
                                + " common:1.2.0); choose another prefix [DLT-1006]",
                        "/include/3 (9:5): template is missing [DLT-1003]",
                        "/include/4 (10:5): channel:ops of others:1.0.0 is in this template too; include it"
                                + " with another prefix [DLT-2017]",
                        "/include/5 (11:5): channel:ops of others:1.0.0 is in others:1.0.0 too; include it"
                                + " with another prefix [DLT-2017]",
                        "/include/5/prefx (11:32): prefx is not a known key here; did you mean prefix?"
                                + " [DLT-1002]");
    }

    @Test
    void withoutALibraryItIsSaidWhatToDo() {
        assertThatThrownBy(() ->
                        TemplateReader.read("{\"dlt\":1,\"key\":\"a\",\"version\":\"1\",\"extends\":\"common:1.2.0\"}"))
                .isInstanceOfSatisfying(TemplateInvalidException.class, e -> {
                    assertThat(e.code()).isEqualTo(ProblemCode.INCLUDE_FAILED);
                    assertThat(e.problems())
                            .extracting(Problem::toString)
                            .containsExactly(
                                    "/extends (1:34): extends: common:1.2.0 can only be found with a library of"
                                            + " templates; publish the text with dlt.templates().publish(…), or give the reader a"
                                            + " TemplateLibrary [DLT-2017]");
                });
    }

    @Test
    void problemsOfOtherTemplatesItemsSayWhereTheyComeFrom() {
        TemplateDraft draft = TemplateReader.draft("""
                dlt: 1
                key: mine
                version: 2.0.0
                extends: "common:1.2.0"
                metrics: {mine: {sql: "SELECT 1 AS one", result: table}}
                """, LIBRARY);
        Problem theirs = Problem.error(ProblemCode.BAD_SQL, "/metrics/level_sql/sql", "it is bad", "");
        Problem own = Problem.error(ProblemCode.BAD_SQL, "/metrics/mine/sql", "it is bad", "");

        assertThat(draft.source().locate(theirs))
                .hasToString("/metrics/level_sql/sql: it is bad (from common:1.2.0) [DLT-1021]")
                .isEqualTo(draft.source().locate(draft.source().locate(theirs)));
        assertThat(draft.source().locate(own)).hasToString("/metrics/mine/sql (5:23): it is bad [DLT-1021]");
    }

    private static List<String> problems(String text, TemplateLibrary library) {
        return TemplateReader.draft(text, library).problems().stream()
                .map(Problem::toString)
                .toList();
    }
}
