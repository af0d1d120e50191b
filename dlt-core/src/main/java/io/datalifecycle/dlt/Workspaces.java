package io.datalifecycle.dlt;

import io.datalifecycle.dlt.check.TemplateChecker;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.schedule.internal.JobPlan;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Draft;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.State;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.transfer.Archive;
import io.datalifecycle.dlt.workspace.Erasure;
import io.datalifecycle.dlt.workspace.ParameterValues;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The workspaces of this app database. Thread-safe. */
public final class Workspaces {

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final Engine engine;

    Workspaces(Engine engine) {
        this.engine = engine;
    }

    /** Makes a workspace of a published template with its defaults. */
    public Workspace provision(String key, Template template) {
        return provision(key, template, w -> {});
    }

    /** Makes a workspace of a published template. Asking for the same again gives the one that is there. */
    public Workspace provision(String key, Template template, Consumer<WorkspaceDraft> settings) {
        return provision(key, template.key(), template.version(), settings);
    }

    /**
     * Makes a workspace of a published template: checks its parameters, creates tables, role and cage, plans its jobs. Asking for the same
     * again gives the one that is there and mends what an interrupted call left; other settings under a taken key are a
     * {@link ConflictException}. Missing or wrong parameters are an {@link InvalidInputException} that names all of them; so is a zone in
     * which the buckets of a merging roll-up would cut those of its source.
     */
    public Workspace provision(String key, String templateKey, String version, Consumer<WorkspaceDraft> settings) {
        requireKey(key);
        Templates templates = new Templates(engine);
        Template template = templates.published(templateKey, version);
        WorkspaceDraft draft = new WorkspaceDraft();
        settings.accept(draft);
        Lifecycle.refuse(
                key, ParameterValues.resolve(template, draft.parameters()).problems());
        String placement = Lifecycle.placement(key, draft.placement(), engine.storage.placements());
        ZoneId zone = draft.zone().orElse(template.timezone());
        refuseZone(key, template, zone);
        Draft wanted = new Draft(key, templateKey, version, Lifecycle.plain(draft.parameters()), zone, placement);
        Entry entry = engine.storage.workspaces().find(key).orElseGet(() -> {
            templates.warnOfDeprecated(templateKey, version, key);
            return engine.storage.workspaces().create(wanted);
        });
        refuseOther(entry, wanted, template);
        if (entry.state() == State.DELETING) {
            throw new ConflictException(
                    ProblemCode.WORKSPACE_STATE,
                    "workspace " + key + " is being deleted; call delete(\"" + key
                            + "\") again if that was interrupted");
        }
        WorkspaceContext context = engine.contexts.of(entry);
        engine.storage.provisioner().provision(context);
        engine.queue.put(entry.id(), JobPlan.of(context, engine::isFetched, engine.schedule.spread()));
        if (entry.state() == State.PROVISIONING) {
            engine.storage.workspaces().state(entry.id(), State.ACTIVE); // last: what came before is durable with it
        }
        return new Workspace(engine, context);
    }

    private static void requireKey(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new InvalidInputException(
                    ProblemCode.BAD_KEY,
                    "workspace key " + key + ": use small letters, digits and dashes, a letter first, 63 at most");
        }
    }

    private static void refuseZone(String key, Template template, ZoneId zone) {
        List<Problem> broken = TemplateChecker.checkZone(template, zone);
        if (!broken.isEmpty()) {
            throw new InvalidInputException(
                    broken.get(0).code(),
                    "workspace " + key + ": "
                            + broken.stream().map(Problem::toString).collect(Collectors.joining("; "))
                            + "; choose another zone, or give the roll-ups a timezone of their own");
        }
    }

    private static void refuseOther(Entry entry, Draft wanted, Template template) {
        Map<String, Object> has =
                ParameterValues.resolve(template, entry.parameters()).values();
        Map<String, Object> wants =
                ParameterValues.resolve(template, wanted.parameters()).values();
        String differs = !entry.templateKey().equals(wanted.templateKey())
                        || !entry.templateVersion().equals(wanted.templateVersion())
                ? "template " + entry.templateKey() + ":" + entry.templateVersion()
                : !entry.zone().equals(wanted.zone())
                        ? "time zone " + entry.zone()
                        : !entry.placement().equals(wanted.placement())
                                ? "placement " + entry.placement()
                                : !has.equals(wants) ? "other parameters" : "";
        if (!differs.isEmpty()) {
            throw new ConflictException(
                    ProblemCode.WORKSPACE_EXISTS,
                    "workspace " + entry.key() + " is there already, with " + differs
                            + "; choose another key or take the one that is there with workspace(\"" + entry.key()
                            + "\")");
        }
    }

    /** A workspace by its key; empty when there is none. */
    public Optional<Workspace> find(String key) {
        return engine.storage.workspaces().find(key).map(entry -> new Workspace(engine, engine.contexts.of(entry)));
    }

    /** A workspace by its key; throws {@link NotFoundException} that names near keys. */
    public Workspace workspace(String key) {
        return find(key).orElseThrow(() -> {
            List<String> known =
                    engine.storage.workspaces().list().stream().map(Entry::key).toList();
            return new NotFoundException(
                    ProblemCode.WORKSPACE_NOT_FOUND,
                    "workspace " + key + " does not exist; " + DidYouMean.hint(key, known));
        });
    }

    /** All workspaces, the first made first. */
    public List<Workspace> list() {
        return engine.storage.workspaces().list().stream()
                .map(entry -> new Workspace(engine, engine.contexts.of(entry)))
                .toList();
    }

    /**
     * Removes a workspace with all its data, models, states, messages and jobs. There is no way back. Who writes to it now is waited for, who comes
     * later is refused. Interrupted, it is called again and goes on.
     *
     * @return the record of it, which is kept
     */
    public Erasure delete(String key) {
        return engine.lifecycle.delete(workspace(key).context());
    }

    /** Records of all workspaces that were deleted, the latest first. */
    public List<Erasure> erasures() {
        return engine.storage.erasures().list();
    }

    /**
     * Makes a workspace like another: the same version, overlay, parameters and zone, in the same data database, with its rows and models unless
     * said otherwise. What is copied is one snapshot; what the original has done of its refreshes and scores is done in the copy, too. Not copied:
     * quarantine, positions of connectors, quotas, alerts and messages.
     *
     * <pre>{@code
     * dlt.workspaces().clone("north", "north-test", c -> c.asOf(monday).param("vibration_limit", 0.2).suspended());
     * }</pre>
     *
     * @throws ConflictException when the key is taken; nothing is left of a copy that could not be finished
     */
    public Workspace clone(String key, String newKey, Consumer<CloneDraft> settings) {
        requireKey(newKey);
        CloneDraft draft = new CloneDraft();
        settings.accept(draft);
        return new Workspace(engine, new Copies(engine).of(entry(key), newKey, draft));
    }

    /**
     * Writes a workspace into one file: template, overlay, parameters, rows as CSV, models, with a manifest of hashes. One snapshot, streamed;
     * the file is put into its place when it is whole. The workspace works on meanwhile.
     *
     * @throws io.datalifecycle.dlt.problem.DltException with {@code EXPORT_FAILED} when it cannot be written
     */
    public Archive export(String key, Path file) {
        return new Copies(engine).export(entry(key), file);
    }

    /** The same as {@link #importFrom(Path, String, Consumer)} as it was. */
    public Workspace importFrom(Path file, String key) {
        return importFrom(file, key, i -> {});
    }

    /**
     * Makes a workspace of an archive, in this app database and in any data database, with or without TimescaleDB. All hashes are looked at first.
     * The template is published when it is not; what had been refreshed and scored is not done again.
     *
     * @throws InvalidInputException with {@code ARCHIVE_INVALID} for a file that is broken, changed or of a newer format; nothing is imported then
     * @throws ConflictException when the key is taken, or the template is published with other content
     */
    public Workspace importFrom(Path file, String key, Consumer<ImportDraft> settings) {
        requireKey(key);
        ImportDraft draft = new ImportDraft();
        settings.accept(draft);
        return new Workspace(engine, new Copies(engine).read(file, key, draft, engine.storage.placements()));
    }

    private Entry entry(String key) {
        WorkspaceId id = workspace(key).id();
        return engine.storage.workspaces().find(id).orElseThrow();
    }

    /** Names of whatever is left of a deleted workspace, anywhere; empty when nothing is. */
    public List<String> residue(WorkspaceId id) {
        String placement = engine.storage
                .workspaces()
                .find(id)
                .map(Entry::placement)
                .orElse(engine.storage.placements().get(0));
        return engine.storage.provisioner().residue(id, placement);
    }
}
