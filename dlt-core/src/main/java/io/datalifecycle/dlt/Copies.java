package io.datalifecycle.dlt;

import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.schedule.internal.JobPlan;
import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.spi.ModelStore.Version;
import io.datalifecycle.dlt.spi.TemplateCatalog.TemplateVersion;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Draft;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Pin;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.State;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.transfer.Archive;
import io.datalifecycle.dlt.transfer.internal.ArchiveReader;
import io.datalifecycle.dlt.transfer.internal.ArchiveWriter;
import io.datalifecycle.dlt.transfer.internal.Manifest;
import io.datalifecycle.dlt.workspace.ParameterValues;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Workspaces made of others, and of archives. One that cannot be finished is erased again. Thread-safe. */
final class Copies {

    private static final Logger LOG = LoggerFactory.getLogger(Copies.class);

    private final Engine engine;

    Copies(Engine engine) {
        this.engine = engine;
    }

    /**
     * A workspace to be.
     *
     * @param draft its line in the catalogue
     * @param overlay canonical text of its overlay
     * @param reason for its history
     */
    private record Wanted(Draft draft, Optional<String> overlay, String reason, boolean suspended) {}

    /** A copy of a workspace within its data database. */
    WorkspaceContext of(Entry source, String key, CloneDraft draft) {
        if (source.state() == State.PROVISIONING || source.state() == State.DELETING) {
            throw new ConflictException(
                    ProblemCode.WORKSPACE_STATE,
                    "workspace " + source.key() + " is being "
                            + (source.state() == State.DELETING ? "deleted" : "provisioned") + " and cannot be cloned");
        }
        WorkspaceContext from = engine.contexts.of(source);
        String reason = "cloned from " + source.key()
                + (draft.isWithData() ? "" : " without data")
                + draft.asOf().map(instant -> " as of " + instant).orElse("");
        Wanted wanted = new Wanted(
                new Draft(
                        key,
                        source.templateKey(),
                        source.templateVersion(),
                        merged(source.parameters(), draft.parameters()),
                        source.zone(),
                        source.placement()),
                source.pin().overlay(),
                reason,
                draft.isSuspended());
        return make(wanted, to -> {
            if (draft.isWithData()) {
                engine.storage.transfer().copy(from, to, draft.asOf());
                from.template().models().forEach(model -> models(from, to, model, draft.asOf()));
            }
        });
    }

    /** Versions that there were; the one in use then is the newest of those that were ever let through. */
    private void models(WorkspaceContext from, WorkspaceContext to, Model model, Optional<Instant> asOf) {
        ModelStore models = engine.storage.models();
        List<Version> versions = models.versions(from, model.key()).stream()
                .filter(version -> asOf.isEmpty() || version.trainedAt().isBefore(asOf.get()))
                .toList();
        boolean kept = versions.stream().anyMatch(Version::champion);
        Optional<Version> champion = versions.stream()
                .filter(version -> kept
                        ? version.champion()
                        : version.provenance().getOrDefault("promotion", "").startsWith("promoted"))
                .reduce((earlier, later) -> later);
        for (Version version : versions) {
            engine.storage
                    .transfer()
                    .restore(
                            to,
                            version.inUse(champion.equals(Optional.of(version))),
                            models.content(from, model.key(), version.number()));
        }
    }

    /** Writes a workspace into a file. */
    Archive export(Entry source, Path file) {
        TemplateVersion version = engine.storage
                .templates()
                .find(source.templateKey(), source.templateVersion())
                .orElseThrow();
        String release = Optional.ofNullable(Dlt.class.getPackage().getImplementationVersion())
                .orElse("development");
        return ArchiveWriter.write(
                        engine.storage,
                        new ArchiveWriter.Head(
                                engine.contexts.of(source),
                                version.id(),
                                version.canonical(),
                                source.pin().overlay(),
                                source.parameters(),
                                engine.clock.instant(),
                                release),
                        file)
                .summary();
    }

    /** A workspace of what an archive holds. */
    WorkspaceContext read(Path file, String key, ImportDraft draft, List<String> placements) {
        if (engine.storage.workspaces().find(key).isPresent()) {
            throw new ConflictException(
                    ProblemCode.WORKSPACE_EXISTS, "workspace " + key + " is there already; choose another key");
        }
        try (ArchiveReader archive = ArchiveReader.open(file)) {
            Manifest manifest = archive.manifest();
            Template template = TemplateReader.read(archive.template()).template();
            if (!TemplateWriter.id(template).equals(manifest.template())) {
                throw new InvalidInputException(
                        ProblemCode.ARCHIVE_INVALID,
                        "archive: its template is not the " + manifest.template()
                                + " that its manifest says; nothing was imported");
            }
            new Templates(engine).publish(template);
            Wanted wanted = new Wanted(
                    new Draft(
                            key,
                            template.key(),
                            template.version(),
                            merged(archive.parameters(), draft.parameters()),
                            ZoneId.of(manifest.zone()),
                            Lifecycle.placement(key, draft.placement(), placements)),
                    archive.overlay(),
                    "imported from an archive of " + manifest.workspace() + " made " + manifest.exportedAt(),
                    draft.isSuspended());
            return make(wanted, to -> archive.load(engine.storage.transfer(), to));
        }
    }

    private WorkspaceContext make(Wanted wanted, Consumer<WorkspaceContext> fill) {
        String key = wanted.draft().key();
        Entry created = engine.storage.workspaces().create(wanted.draft());
        boolean done = false;
        try {
            Pin pin = new Pin(
                    created.templateVersion(),
                    created.parameters(),
                    created.zone(),
                    created.placement(),
                    wanted.overlay(),
                    Set.of());
            Entry entry = engine.storage.workspaces().pin(created.id(), created.revision(), pin, wanted.reason());
            WorkspaceContext context = engine.contexts.of(entry);
            Lifecycle.refuse(
                    key,
                    ParameterValues.resolve(context.template(), entry.parameters())
                            .problems());
            engine.storage.provisioner().provision(context);
            fill.accept(context);
            engine.storage.workspaces().state(entry.id(), wanted.suspended() ? State.SUSPENDED : State.ACTIVE);
            engine.queue.put(entry.id(), JobPlan.of(context, engine::isFetched, engine.schedule.spread()));
            done = true;
            return context;
        } finally {
            if (!done) {
                giveUp(created);
            }
        }
    }

    /** The first failure is the one to tell. */
    private void giveUp(Entry created) {
        try {
            engine.contexts.find(created.id()).ifPresent(engine.lifecycle::delete);
        } catch (DltException later) {
            LOG.warn(
                    "workspace {} was begun and cannot be erased now, delete it: {}",
                    created.key(),
                    later.getMessage());
        }
    }

    private static Map<String, Object> merged(Map<String, Object> before, Map<String, Object> other) {
        Map<String, Object> merged = new LinkedHashMap<>(before);
        merged.putAll(Lifecycle.plain(other));
        return merged;
    }
}
