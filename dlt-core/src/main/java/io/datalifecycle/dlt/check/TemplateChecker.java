package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.language.SourceMap;
import io.datalifecycle.dlt.language.TemplateDraft;
import io.datalifecycle.dlt.language.TemplateLibrary;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.language.TemplateSource;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.Severity;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.template.Template;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Finds what is wrong with a template without a database: references, columns, inputs, SQL, expressions, schemas, schedules, names,
 * retentions, redirects, and what nobody uses. Stateless, thread-safe.
 */
public final class TemplateChecker {

    private TemplateChecker() {}

    /** Everything found, by kind of item in the order of the language; warnings included. */
    public static List<Problem> check(Template template) {
        return check(template, Set.of());
    }

    /** Structure and meaning together, located and in the order of the text. */
    public static List<Problem> check(TemplateDraft draft) {
        List<Problem> all = new ArrayList<>(draft.problems());
        check(draft.template(), draft.replaced()).stream()
                .filter(found -> draft.problems().stream().noneMatch(p -> isSame(p, found)))
                .map(draft.source()::locate)
                .forEach(all::add);
        all.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        return List.copyOf(all);
    }

    /** The same with positions in the text that the template was read from. */
    public static List<Problem> check(TemplateSource source) {
        return inOrder(check(source.template()), source.source());
    }

    /**
     * What stands in the way of a workspace in a zone of its own, on a template that is sound in its own zone: roll-ups whose merged
     * buckets would no longer fit into theirs.
     */
    public static List<Problem> checkZone(Template template, ZoneId zone) {
        Findings findings = new Findings(template, Set.of());
        MergeCheck.zone(findings, zone);
        return findings.list();
    }

    /** Reads and checks a file. Throws {@link TemplateInvalidException} with all problems of structure and meaning when any is an error. */
    public static TemplateSource read(Path file) {
        return read(file, TemplateLibrary.NONE);
    }

    /** Reads and checks a file, with what it extends and includes from a library. Throws as {@link #read(Path)} does. */
    public static TemplateSource read(Path file, TemplateLibrary library) {
        return valid(TemplateReader.draft(file, library), "template " + file.getFileName());
    }

    /** Reads and checks a text. Throws {@link TemplateInvalidException} with all problems of structure and meaning when any is an error. */
    public static TemplateSource read(String text) {
        return read(text, TemplateLibrary.NONE);
    }

    /** Reads and checks a text, with what it extends and includes from a library. Throws as {@link #read(String)} does. */
    public static TemplateSource read(String text, TemplateLibrary library) {
        return valid(TemplateReader.draft(text, library), "template");
    }

    private static TemplateSource valid(TemplateDraft draft, String what) {
        List<Problem> problems = check(draft);
        if (problems.stream().anyMatch(p -> p.severity() == Severity.ERROR)) {
            throw new TemplateInvalidException(what, problems, draft.dropped());
        }
        return new TemplateSource(draft.template(), draft.source());
    }

    private static boolean isSame(Problem read, Problem checked) {
        return read.code() == checked.code() && read.pointer().equals(checked.pointer());
    }

    private static List<Problem> inOrder(List<Problem> problems, SourceMap source) {
        return problems.stream()
                .map(source::locate)
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    private static List<Problem> check(Template template, Set<String> replaced) {
        Findings findings = new Findings(template, replaced);
        ParameterCheck.check(findings);
        DatastoreCheck.check(findings);
        NameCheck.check(findings);
        RenameCheck.check(findings);
        ConnectorCheck.check(findings);
        FeatureCheck.check(findings);
        ModelCheck.check(findings);
        InferenceCheck.check(findings);
        MetricCheck.check(findings);
        DashboardCheck.check(findings);
        AlertCheck.check(findings);
        ReportCheck.check(findings);
        ChannelCheck.check(findings);
        CycleCheck.check(findings);
        return findings.list();
    }
}
