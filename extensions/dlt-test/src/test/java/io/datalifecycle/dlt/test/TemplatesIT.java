package io.datalifecycle.dlt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Templates;
import io.datalifecycle.dlt.Templates.Published;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Pin;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.ItemKind;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.workspace.Overlay;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Versions of templates, templates made of others, and workspaces that deviate. */
final class TemplatesIT {

    private static final String TANKS = """
            dlt: 1
            key: tanks
            version: 1.0.0
            datastores:
              levels:
                time: ts
                schema: {type: object, required: [ts], properties: {ts: {type: string, format: date-time}, level: {type: number}}}
            metrics:
              level_now: {latest: {from: datastore:levels, column: level}}
              levels: {sql: "SELECT ts, level FROM datastore:levels", result: table}
            """;

    @RegisterExtension
    final DltExtension dlt = DltExtension.withTemplate(Station.TEMPLATE);

    @Test
    void versionsAreListedInTheirOrderAndTheLatestIsNotDeprecated() {
        Templates templates = dlt.dlt().templates();
        for (String version : List.of("1.9.0", "1.10.0", "1.2.0", "2.0.0-beta")) {
            templates.publish(TANKS.replace("version: 1.0.0", "version: \"" + version + "\""));
        }

        Published marked = templates.deprecate("tanks", "2.0.0-beta", "loses rows; use 1.10.0");

        assertThat(templates.keys()).containsExactly("station", "tanks");
        assertThat(templates.list("tanks"))
                .extracting(published -> published.id().version())
                .containsExactly("1.2.0", "1.9.0", "1.10.0", "2.0.0-beta");
        assertThat(templates.list("tanks").get(3)).isEqualTo(marked);
        assertThat(marked.deprecated()).hasValue("loses rows; use 1.10.0");
        assertThat(templates.latest("tanks")).map(TemplateId::version).hasValue("1.10.0");
        assertThat(templates.latest("gone")).isEmpty();
        assertThat(dlt.dlt()
                        .workspaces()
                        .provision("north", "tanks", "2.0.0-beta", w -> {})
                        .template())
                .isEqualTo(templates.find("tanks", "2.0.0-beta").orElseThrow());
        assertThatThrownBy(() -> templates.deprecate("tanks", "3", "x")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> templates.deprecate("tanks", "1.2.0", " ")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void otherContentUnderAPublishedVersionIsRefusedWithWhatDiffers() {
        Templates templates = dlt.dlt().templates();
        templates.publish(TANKS);
        templates.publish(TANKS.replace("version: 1.0.0", "version: 1.0.0\ntitle: Tanks"));

        assertThatThrownBy(() -> templates.publish(TANKS.replace("{type: number}", "{type: number, unit: m}")
                        .replace("level_now", "newest")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(
                        "template tanks:1.0.0 is published with other content and frozen; raise its version."
                                + " What differs: datastore:levels/schema/properties/level/unit: (none) -> \"m\"; removed"
                                + " metric:level_now; added metric:newest");
        templates.publish(TANKS.replace("version: 1.0.0", "version: 1.1.0").replace("level_now", "newest"));
        assertThat(templates.diff("tanks", "1.0.0", "1.1.0"))
                .hasToString("tanks:1.0.0 -> tanks:1.1.0\n  removed metric:level_now\n  added metric:newest\n");
    }

    @Test
    void publishedTemplatesAreExtendedAndIncludedAndTheWholeIsKept() {
        Templates templates = dlt.dlt().templates();
        templates.publish(TANKS);

        templates.publish("""
                dlt: 1
                key: works
                version: 1.0.0
                extends: "tanks:1.0.0"
                include: [{template: "tanks:1.0.0", prefix: north_}]
                metrics: {levels: {sql: "SELECT a.ts, b.level FROM datastore:levels a JOIN datastore:north_levels b ON a.ts = b.ts", result: table}}
                """);

        Workspace works = dlt.dlt().workspaces().provision("works", "works", "1.0.0", w -> {});
        assertThat(works.template().keys(ItemKind.DATASTORE)).containsExactly("levels", "north_levels");
        assertThat(works.metric("levels").rows().rows()).isEmpty();
        assertThat(works.metric("north_levels").rows().rows()).isEmpty();
        assertThatThrownBy(() -> templates.publish("""
                        dlt: 1
                        key: works
                        version: 2.0.0
                        extends: "tanks:1.0.0"
                        datastores:
                          levels:
                            time: ts
                            schema: {type: object, required: [ts], properties: {ts: {type: string, format: date-time}}}
                        """))
                .isInstanceOfSatisfying(
                        TemplateInvalidException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::toString)
                                .containsExactly(
                                        "/metrics/level_now/latest/column: datastore:levels has no column level (from tanks:1.0.0);"
                                                + " known: ts, _extra [DLT-1013]",
                                        "/metrics/levels/sql: PostgreSQL says: column \"level\" does not exist (line 1, column 12)"
                                                + " (from tanks:1.0.0) [DLT-1021]"));
        assertThatThrownBy(() -> templates.publish("dlt: 1\nkey: a\nversion: 1.0.0\nextends: \"gone:1.0.0\"\n"))
                .isInstanceOfSatisfying(
                        TemplateInvalidException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::code)
                                .containsExactly(ProblemCode.INCLUDE_FAILED));
    }

    @Test
    void aWorkspaceWithAnOverlayRunsTheTwoTogether() {
        Template tanks = dlt.dlt().templates().publish(TANKS);
        Workspace north = dlt.dlt().workspaces().provision("north", tanks);
        Overlay overlay = Overlay.builder()
                .disable("metric:levels")
                .add("metric:highest", "{sql: SELECT max(level) AS top FROM datastore:levels, result: table}")
                .build();
        PostgresStorage storage = PostgresStorage.builder()
                .appDatabase(dlt.database().dataSource())
                .build();
        Entry entry = storage.workspaces().find(north.id()).orElseThrow();
        Pin pin = entry.pin();
        storage.workspaces()
                .pin(
                        entry.id(),
                        entry.revision(),
                        new Pin(
                                pin.templateVersion(),
                                pin.parameters(),
                                pin.zone(),
                                pin.placement(),
                                Optional.of(overlay.yaml()),
                                Set.of()),
                        "wants the top");

        Workspace deviating = dlt.dlt().workspaces().workspace("north");

        assertThat(deviating.template()).isEqualTo(overlay.applyTo(tanks).template());
        assertThat(deviating.template().keys(ItemKind.METRIC)).containsExactly("level_now", "highest");
        assertThat(deviating.templateId())
                .isEqualTo(TemplateWriter.id(deviating.template()))
                .hasToString("tanks:1.0.0")
                .isNotEqualTo(north.templateId());
    }
}
