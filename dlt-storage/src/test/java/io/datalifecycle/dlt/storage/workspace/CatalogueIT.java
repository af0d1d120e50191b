package io.datalifecycle.dlt.storage.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.TemplateCatalog.TemplateVersion;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Draft;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.State;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.testdb.Backend;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frozen template versions, and the life of a workspace's key. */
class CatalogueIT {

    private static final TemplateVersion FIRST = new TemplateVersion(
            new TemplateId("pumps", "1.0.0", "a".repeat(64)), "key: pumps\n# ü 😀 'q'\n", TestStorage.NOW);

    private final TestStorage t = new TestStorage(Backend.PLAIN);

    @BeforeEach
    void publish() {
        t.storage.templates().publish(FIRST);
    }

    @AfterEach
    void close() {
        t.close();
    }

    private static Draft draft(String key) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("limit", 0.35);
        parameters.put("whole", 5.0);
        parameters.put("count", Long.MAX_VALUE);
        parameters.put("small", 3L);
        parameters.put("mail", "ü\"\\@example.com");
        parameters.put("on", true);
        return new Draft(key, "pumps", "1.0.0", parameters, ZoneId.of("America/St_Johns"), "main");
    }

    @Test
    void aDeprecatedVersionStaysWithItsReason() {
        TemplateVersion marked = t.storage.templates().deprecate("pumps", "1.0.0", "leaks; use 1.0.1 'ü'");

        assertThat(marked.deprecated()).hasValue("leaks; use 1.0.1 'ü'");
        assertThat(t.storage.templates().versions("pumps")).containsExactly(marked);
        assertThat(t.storage.templates().publish(FIRST)).isEqualTo(marked);
        assertThat(t.storage.templates().deprecate("pumps", "1.0.0", "gone").deprecated())
                .hasValue("gone");
        assertThatThrownBy(() -> t.storage.templates().deprecate("pumps", "9.0.0", "gone"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("pumps:9.0.0");
    }

    @Test
    void keysAreListedOnceInTheOrderOfTheirCharacters() {
        for (String key : java.util.List.of("pumps_b", "pumps", "a_pump")) {
            t.storage
                    .templates()
                    .publish(new TemplateVersion(new TemplateId(key, "2.0.0", "b".repeat(64)), "x", TestStorage.NOW));
        }

        assertThat(t.storage.templates().keys()).containsExactly("a_pump", "pumps", "pumps_b");
    }

    @Test
    void aVersionIsFrozenOnceItIsPublished() {
        TemplateVersion later = new TemplateVersion(FIRST.id(), "other title", TestStorage.NOW.plusSeconds(1));
        assertThat(t.storage.templates().publish(later)).isEqualTo(FIRST);
        TemplateVersion other =
                new TemplateVersion(new TemplateId("pumps", "1.0.0", "b".repeat(64)), "x", TestStorage.NOW);
        assertThatThrownBy(() -> t.storage.templates().publish(other))
                .isInstanceOfSatisfying(
                        ConflictException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.VERSION_FROZEN))
                .hasMessageContaining("pumps:1.0.0");
        TemplateVersion older =
                new TemplateVersion(new TemplateId("pumps", "0.9.0", "b".repeat(64)), "x", TestStorage.NOW);
        t.storage.templates().publish(older);
        assertThat(t.storage.templates().versions("pumps")).containsExactly(FIRST, older);
        assertThat(t.storage.templates().find("pumps", "1.0.0")).contains(FIRST);
        assertThat(t.storage.templates().find("pumps", "2.0.0")).isEmpty();
    }

    @Test
    void aWorkspaceComesBackAsItWasDrafted() {
        Entry entry = t.storage.workspaces().create(draft("acme"));
        assertThat(entry.parameters()).isEqualTo(draft("acme").parameters());
        assertThat(entry.zone()).isEqualTo(ZoneId.of("America/St_Johns"));
        assertThat(entry.state()).isEqualTo(State.PROVISIONING);
        assertThat(entry.createdAt()).isEqualTo(TestStorage.NOW);
        t.storage
                .workspaces()
                .pin(
                        entry.id(),
                        0,
                        new io.datalifecycle.dlt.spi.WorkspaceCatalog.Pin(
                                "1.0.0",
                                Map.of("limit", 1.0),
                                ZoneId.of("UTC"),
                                "main",
                                java.util.Optional.empty(),
                                java.util.Set.of()),
                        "limit");
        t.storage.workspaces().state(entry.id(), State.ACTIVE);
        Entry changed = t.storage.workspaces().find("acme").orElseThrow();
        assertThat(changed.parameters()).isEqualTo(Map.of("limit", 1.0));
        assertThat(changed.state()).isEqualTo(State.ACTIVE);
        assertThat(t.storage.workspaces().find(entry.id())).contains(changed);
    }

    @Test
    void aKeyIsTakenUntilItsWorkspaceIsDeletedAndAnIdForEver() {
        Entry first = t.storage.workspaces().create(draft("acme"));
        assertThatThrownBy(() -> t.storage.workspaces().create(draft("acme")))
                .isInstanceOfSatisfying(
                        ConflictException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.WORKSPACE_EXISTS));
        t.storage.workspaces().state(first.id(), State.DELETED);
        assertThat(t.storage.workspaces().find("acme")).isEmpty();
        assertThat(t.storage.workspaces().find(first.id()).orElseThrow().parameters())
                .isEmpty();
        Entry second = t.storage.workspaces().create(draft("acme"));
        assertThat(second.id().value()).isGreaterThan(first.id().value());
        assertThat(t.storage.workspaces().list()).containsExactly(second);
    }
}
