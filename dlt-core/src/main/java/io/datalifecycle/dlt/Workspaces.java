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
import io.datalifecycle.dlt.workspace.ParameterValues;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.util.LinkedHashMap;
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
        if (!KEY.matcher(key).matches()) {
            throw new InvalidInputException(
                    ProblemCode.BAD_KEY,
                    "workspace key " + key + ": use small letters, digits and dashes, a letter first, 63 at most");
        }
        Templates templates = new Templates(engine);
        Template template = templates.published(templateKey, version);
        WorkspaceDraft draft = new WorkspaceDraft();
        settings.accept(draft);
        ParameterValues values = ParameterValues.resolve(template, draft.parameters());
        if (!values.problems().isEmpty()) {
            throw new InvalidInputException(
                    values.problems().get(0).code(),
                    "workspace " + key + ": "
                            + values.problems().stream().map(Problem::toString).collect(Collectors.joining("; ")));
        }
        String placement = placement(key, draft);
        ZoneId zone = draft.zone().orElse(template.timezone());
        refuseZone(key, template, zone);
        Draft wanted = new Draft(key, templateKey, version, plain(draft.parameters()), zone, placement);
        Entry entry = engine.storage.workspaces().find(key).orElseGet(() -> {
            templates.warnOfDeprecated(templateKey, version, key);
            return engine.storage.workspaces().create(wanted);
        });
        refuseOther(entry, wanted, template);
        WorkspaceContext context = engine.contexts.of(entry);
        engine.storage.provisioner().provision(context);
        if (entry.state() == State.PROVISIONING) {
            engine.storage.workspaces().state(entry.id(), State.ACTIVE);
        }
        engine.queue.put(entry.id(), JobPlan.of(context, engine::isFetched, engine.schedule.spread()));
        return new Workspace(engine, context);
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

    private String placement(String key, WorkspaceDraft draft) {
        List<String> placements = engine.storage.placements();
        String placement = draft.placement().orElse(placements.get(0));
        if (!placements.contains(placement)) {
            throw new InvalidInputException(
                    ProblemCode.CONFIGURATION,
                    "workspace " + key + ": placement " + placement + " is not known; "
                            + DidYouMean.hint(placement, placements));
        }
        return placement;
    }

    /** Times are kept as text, so that they come back as they went in. */
    private static Map<String, Object> plain(Map<String, Object> parameters) {
        Map<String, Object> plain = new LinkedHashMap<>();
        parameters.forEach((key, value) -> plain.put(key, value instanceof Temporal ? value.toString() : value));
        return plain;
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

    /** Removes a workspace with all its data, models, states, messages and jobs. There is no way back. */
    public void delete(String key) {
        Workspace workspace = workspace(key);
        engine.queue.remove(workspace.id());
        engine.storage.provisioner().drop(workspace.context());
        engine.storage.workspaces().state(workspace.id(), State.DELETED);
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
