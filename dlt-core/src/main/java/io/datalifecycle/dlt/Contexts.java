package io.datalifecycle.dlt;

import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.TemplateCatalog.TemplateVersion;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.State;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.workspace.Overlay;
import io.datalifecycle.dlt.workspace.ParameterValues;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Contexts of workspaces, and the parsed templates they share: published versions never change, so they are parsed once. */
final class Contexts {

    private static final int MOST_PARSED = 500;

    private final Storage storage;
    /** By key and version, so that whoever lists a thousand workspaces asks for their template once. */
    private final Map<List<String>, Effective> published = new ConcurrentHashMap<>();

    private final Map<Deviation, Effective> deviating = new ConcurrentHashMap<>();

    Contexts(Storage storage) {
        this.storage = storage;
    }

    /** A workspace in any state but deleted. */
    Optional<WorkspaceContext> find(WorkspaceId id) {
        return storage.workspaces()
                .find(id)
                .filter(entry -> entry.state() != State.DELETED)
                .map(this::of);
    }

    /** A workspace whose schedules run. */
    Optional<WorkspaceContext> active(WorkspaceId id) {
        return storage.workspaces()
                .find(id)
                .filter(entry -> entry.state() == State.ACTIVE)
                .map(this::of);
    }

    /** All workspaces whose schedules run. */
    List<WorkspaceContext> allActive() {
        return storage.workspaces().list().stream()
                .filter(entry -> entry.state() == State.ACTIVE)
                .map(this::of)
                .toList();
    }

    WorkspaceContext of(Entry entry) {
        Effective base = published(entry);
        Effective effective = entry.pin()
                .overlay()
                .map(overlay -> effective(base.template(), base.id(), overlay))
                .orElse(base);
        return new WorkspaceContext(
                entry.id(),
                entry.key(),
                effective.id(),
                effective.template(),
                ParameterValues.resolve(effective.template(), entry.parameters())
                        .values(),
                entry.zone(),
                entry.placement(),
                entry.revision(),
                veiled(entry));
    }

    private Effective published(Entry entry) {
        Effective known = published.get(List.of(entry.templateKey(), entry.templateVersion()));
        return known != null
                ? known
                : parsed(storage.templates()
                        .find(entry.templateKey(), entry.templateVersion())
                        .orElseThrow(() -> new DltException(
                                ProblemCode.TEMPLATE_NOT_FOUND,
                                "workspace " + entry.key() + " is pinned to " + entry.templateKey() + ":"
                                        + entry.templateVersion() + ", which is not in the catalogue")));
    }

    private static Set<Ref> veiled(Entry entry) {
        return entry.pin().veiled().stream()
                .flatMap(text -> Ref.parse(text).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A published version that was asked for before; it never changes, so nobody need ask again. */
    Optional<Template> known(String key, String version) {
        return Optional.ofNullable(published.get(List.of(key, version))).map(Effective::template);
    }

    Template template(TemplateVersion version) {
        return parsed(version).template();
    }

    private Effective parsed(TemplateVersion version) {
        TemplateId id = version.id();
        if (published.size() >= MOST_PARSED) {
            published.clear();
        }
        return published.compute(
                List.of(id.key(), id.version()),
                (name, known) -> known != null && known.id().equals(id)
                        ? known
                        : new Effective(
                                id, TemplateReader.read(version.canonical()).template()));
    }

    /** A template with the overlay of a workspace on it; what does not fit was refused before the overlay was kept. */
    Effective effective(Template base, TemplateId id, String overlay) {
        if (deviating.size() >= MOST_PARSED) {
            deviating.clear();
        }
        return deviating.computeIfAbsent(new Deviation(id, overlay), deviation -> {
            Template template = Overlay.read(overlay).applyTo(base).template();
            return new Effective(TemplateWriter.id(template), template);
        });
    }

    /** What runs in a workspace; the hash is that of what runs. */
    record Effective(TemplateId id, Template template) {}

    /** What an effective template is made of. */
    private record Deviation(TemplateId base, String overlay) {}
}
