package io.datalifecycle.dlt;

import io.datalifecycle.dlt.check.TemplateChecker;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.language.TemplateDiff;
import io.datalifecycle.dlt.language.TemplateDraft;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Problems;
import io.datalifecycle.dlt.problem.Severity;
import io.datalifecycle.dlt.proposal.ProposalOptions;
import io.datalifecycle.dlt.proposal.TemplateProposal;
import io.datalifecycle.dlt.spi.TemplateCatalog.TemplateVersion;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.template.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The published templates. A published version is frozen: the same content again changes nothing, other content is refused. Thread-safe. */
public final class Templates {

    private static final Logger LOG = LoggerFactory.getLogger(Templates.class);

    private static final int DIFFERENCES_SHOWN = 3;

    private final Engine engine;

    Templates(Engine engine) {
        this.engine = engine;
    }

    /**
     * Checks a template, without and with the database, and publishes it. Throws
     * {@link io.datalifecycle.dlt.problem.TemplateInvalidException} with everything that is wrong, and
     * {@link io.datalifecycle.dlt.problem.ConflictException} when the version is published with other content.
     */
    public Template publish(Template template) {
        return publish(template, problem -> problem);
    }

    /**
     * Reads YAML or JSON and publishes it; problems name line and column. What it extends and includes is taken from what is published;
     * what is published is the whole, self-contained.
     */
    public Template publish(String text) {
        return publish(TemplateReader.draft(text, this::find));
    }

    /** Reads a file of YAML or JSON and publishes it, as {@link #publish(String)} does. */
    public Template publish(Path file) {
        return publish(TemplateReader.draft(file, this::find));
    }

    private Template publish(TemplateDraft draft) {
        if (draft.problems().isEmpty()) {
            return publish(draft.template(), draft.source()::locate);
        }
        Problems problems = new Problems();
        problems.addAll(TemplateChecker.check(draft));
        problems.throwIfErrors("template " + draft.template().key());
        return publish(draft.template(), draft.source()::locate);
    }

    /** Everything that publishing would complain about; nothing is stored. */
    public List<Problem> check(Template template) {
        Problems problems = new Problems();
        problems.addAll(TemplateChecker.check(template));
        problems.addAll(new PluginCheck(engine.registry).check(template));
        boolean tables = problems.list().stream().noneMatch(Templates::concernsStores);
        if (tables) { // the database can only look at SQL over tables that could exist
            problems.addAll(engine.storage.templates().analyse(template));
        }
        return problems.list();
    }

    private static boolean concernsStores(Problem problem) {
        return problem.severity() == Severity.ERROR
                && (problem.pointer().isEmpty()
                        || problem.pointer().startsWith("/datastores")
                        || problem.pointer().startsWith("/featurestores")
                        || problem.pointer().startsWith("/inferencestores")
                        || problem.code() == ProblemCode.BAD_SQL);
    }

    private Template publish(Template template, UnaryOperator<Problem> locate) {
        TemplateId id = TemplateWriter.id(template);
        Optional<TemplateVersion> known = engine.storage.templates().find(template.key(), template.version());
        boolean published = known.isPresent() && known.get().id().hash().equals(id.hash());
        if (!published) {
            Problems problems = new Problems();
            problems.addAll(check(template).stream().map(locate).toList());
            problems.throwIfErrors("template " + template.key());
            known.ifPresent(other -> refuse(other, template)); // what is wrong in itself is told first
            problems.list().forEach(warning -> LOG.warn("template {}: {}", id, warning));
        }
        engine.storage
                .templates()
                .publish(new TemplateVersion(id, TemplateWriter.yaml(template), engine.clock.instant()));
        return template;
    }

    private void refuse(TemplateVersion known, Template template) {
        List<String> differences = TemplateDiff.ofContent(engine.contexts.template(known), template)
                .summary(Integer.MAX_VALUE);
        int shown = Math.min(DIFFERENCES_SHOWN, differences.size());
        throw new ConflictException(
                ProblemCode.VERSION_FROZEN,
                "template " + known.id() + " is published with other content and frozen; raise its version"
                        + (differences.isEmpty() ? "" : ". What differs: ")
                        + String.join("; ", differences.subList(0, shown))
                        + (shown < differences.size() ? "; and " + (differences.size() - shown) + " more" : ""));
    }

    /**
     * Proposes a template from a sample in a file; nothing is published. Throws {@link io.datalifecycle.dlt.problem.InvalidInputException}
     * with {@code SAMPLE_UNUSABLE} when nothing can be learnt from it.
     */
    public TemplateProposal infer(Path sample) {
        return TemplateProposal.from(sample, engine.clock.instant());
    }

    /** The same from rows, with what the sample does not say itself: {@code infer(rows, o -> o.withZone(ZoneId.of("Europe/Berlin")))}. */
    public TemplateProposal infer(Rows sample, UnaryOperator<ProposalOptions> settings) {
        return TemplateProposal.from(sample, settings.apply(ProposalOptions.at(engine.clock.instant())));
    }

    /** A published version; empty when there is none. */
    public Optional<Template> find(String key, String version) {
        return engine.storage.templates().find(key, version).map(engine.contexts::template);
    }

    /** The published versions of a template, the first published first. */
    public List<TemplateId> versions(String key) {
        return engine.storage.templates().versions(key).stream()
                .map(TemplateVersion::id)
                .toList();
    }

    /** Keys of all templates that have a published version, in the order of their characters. */
    public List<String> keys() {
        return engine.storage.templates().keys();
    }

    /** The published versions of a template with what is known of each, the lowest first as {@link Version} orders them. */
    public List<Published> list(String key) {
        return engine.storage.templates().versions(key).stream()
                .map(version -> new Published(version.id(), version.publishedAt(), version.deprecated()))
                .sorted(Comparator.comparing(
                        published -> new Version(published.id().version())))
                .toList();
    }

    /** The highest published version that is not deprecated, early ones like {@code 2.0.0-beta} among them; empty when there is none. */
    public Optional<TemplateId> latest(String key) {
        List<TemplateId> usable = list(key).stream()
                .filter(published -> published.deprecated().isEmpty())
                .map(Published::id)
                .toList();
        return usable.isEmpty() ? Optional.empty() : Optional.of(usable.get(usable.size() - 1));
    }

    /**
     * Marks a version as one that nobody should start with any more. Workspaces that have it go on; to provision one more is told in the
     * log. A second reason replaces the first. Throws {@link NotFoundException} where there is no such version.
     *
     * @param reason why, and what to use instead, for people; not blank
     */
    public Published deprecate(String key, String version, String reason) {
        if (reason.isBlank()) {
            throw new InvalidInputException(
                    ProblemCode.BAD_VALUE, "template " + key + ":" + version + ": give a reason for deprecating it");
        }
        TemplateVersion marked = engine.storage.templates().deprecate(key, version, reason);
        return new Published(marked.id(), marked.publishedAt(), marked.deprecated());
    }

    /** What differs between two published versions; throws {@link NotFoundException} where one of them is not published. */
    public TemplateDiff diff(String key, String fromVersion, String toVersion) {
        return TemplateDiff.between(published(key, fromVersion), published(key, toVersion));
    }

    /**
     * What is known of a published version. Immutable.
     *
     * @param id key, version, hash
     * @param publishedAt when it was first published
     * @param deprecated why nobody should start with it any more; empty while it may be used
     */
    public record Published(TemplateId id, Instant publishedAt, Optional<String> deprecated) {}

    /** Tells the log where a workspace is to be made of a version that is deprecated. */
    void warnOfDeprecated(String key, String version, String workspace) {
        engine.storage
                .templates()
                .find(key, version)
                .flatMap(TemplateVersion::deprecated)
                .ifPresent(reason ->
                        LOG.warn("workspace {}: template {}:{} is deprecated: {}", workspace, key, version, reason));
    }

    /** A published version; throws {@link NotFoundException} that names what there is. */
    Template published(String key, String version) {
        return engine.contexts
                .known(key, version)
                .or(() -> find(key, version))
                .orElseThrow(() -> new NotFoundException(
                        ProblemCode.TEMPLATE_NOT_FOUND,
                        "template " + key + ":" + version + " is not published; published: " + versions(key)
                                + ", publish it with dlt.templates().publish(…)"));
    }
}
