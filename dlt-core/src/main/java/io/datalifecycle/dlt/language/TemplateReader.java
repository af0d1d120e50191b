package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.Node.Members;
import io.datalifecycle.dlt.language.Node.Position;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.template.Composition;
import io.datalifecycle.dlt.template.ItemKind;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.KeyRule;
import io.datalifecycle.dlt.template.Template;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads templates written in YAML or JSON. Unknown keys, wrong types and bad values are all told at once, each with pointer, line,
 * column and what would be right. Stateless, thread-safe.
 *
 * <p>Limits: 2,000,000 characters, depth 64, texts of 1 MiB, numbers of 100 characters; duplicate keys, anchors, aliases and a second
 * document are refused.
 */
public final class TemplateReader {

    /** Version of the language this reader understands, the value of the key {@code dlt}. */
    public static final int LANGUAGE_VERSION = 1;

    private TemplateReader() {}

    /**
     * Reads a file in UTF-8 that names no other templates. Throws {@link TemplateInvalidException} with everything that is wrong, or
     * {@link NotFoundException} when there is no such file.
     */
    public static TemplateSource read(Path file) {
        return read(file, TemplateLibrary.NONE);
    }

    /** Reads a file in UTF-8, with what it extends and includes from a library. Throws as {@link #read(Path)} does. */
    public static TemplateSource read(Path file, TemplateLibrary library) {
        return read(text(file), "template " + file.getFileName(), library);
    }

    /** Reads a text that names no other templates. Throws {@link TemplateInvalidException} with everything that is wrong. */
    public static TemplateSource read(String text) {
        return read(text, TemplateLibrary.NONE);
    }

    /** Reads a text, with what it extends and includes from a library. Throws {@link TemplateInvalidException} with everything that is wrong. */
    public static TemplateSource read(String text, TemplateLibrary library) {
        return read(text, "template", library);
    }

    /** Reads what can be read; problems are in the draft. */
    public static TemplateDraft draft(Path file) {
        return draft(file, TemplateLibrary.NONE);
    }

    /** Reads what can be read, with what it extends and includes from a library; problems are in the draft. */
    public static TemplateDraft draft(Path file, TemplateLibrary library) {
        return draft(text(file), library);
    }

    /** Reads what can be read; problems are in the draft. */
    public static TemplateDraft draft(String text) {
        return draft(text, TemplateLibrary.NONE);
    }

    /** Reads what can be read, with what it extends and includes from a library; problems are in the draft. */
    public static TemplateDraft draft(String text, TemplateLibrary library) {
        return draft(text, new Findings(), library);
    }

    static TemplateDraft draft(String text, Findings findings, TemplateLibrary library) {
        NodeReader nodes = new NodeReader(findings);
        Optional<Node> root = nodes.read(text);
        Members members = new Members(Map.of(), new Position(1, 1));
        if (root.isPresent() && root.get() instanceof Members group) {
            members = group;
        } else if (root.isPresent()) {
            findings.error(
                    ProblemCode.SYNTAX,
                    "",
                    new Position(1, 1),
                    "a template is a group of keys, found " + root.get().what(),
                    "start with dlt: 1");
        }
        // without keys there is nothing to check beyond the one finding
        Findings sink = members.members().isEmpty() && !findings.inOrder().isEmpty() ? new Findings() : findings;
        Fields fields = new Fields(members, "", new Position(1, 1), sink);
        IncludeReader others = IncludeReader.read(fields, library);
        Template own = template(fields);
        Optional<ZoneId> zone = Optional.of(own.timezone()).filter(any -> fields.has("timezone"));
        Composition.Result whole = others.compose(own, zone);
        SourceMap places = new SourceMap(nodes.positions());
        whole.problems().forEach(problem -> findings.add(places.locate(problem)));
        if (!others.isComplete()) {
            findings.replaced("");
        }
        return new TemplateDraft(
                whole.template(),
                findings.inOrder(),
                findings.dropped(),
                findings.replacedPointers(),
                new SourceMap(nodes.positions(), whole.origins()));
    }

    static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static TemplateSource read(String text, String what, TemplateLibrary library) {
        TemplateDraft draft = draft(text, library);
        if (!draft.problems().isEmpty()) {
            throw new TemplateInvalidException(what, draft.problems(), draft.dropped());
        }
        return new TemplateSource(draft.template(), draft.source());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new DltException(ProblemCode.SYNTAX, "template " + file + " is not UTF-8; save it as UTF-8", e);
        } catch (IOException e) {
            throw new NotFoundException(
                    ProblemCode.TEMPLATE_NOT_FOUND, "template " + file + " cannot be read; check the path");
        }
    }

    static Template template(Fields fields) {
        language(fields);
        String key = fields.needText("key");
        if (fields.has("key")) {
            KeyRule.problem(key)
                    .filter(wrong -> !key.isEmpty())
                    .ifPresent(wrong -> fields.error(ProblemCode.BAD_KEY, "key", wrong, ""));
        }
        String version = version(fields);
        Optional<String> title = fields.text("title");
        Optional<String> description = fields.text("description");
        ZoneId zone = fields.parsed("timezone", TemplateReader::zone, "a time zone such as Europe/Berlin")
                .orElse(Template.DEFAULT_ZONE);
        RenameReader renames = new RenameReader();
        Items items = new Items(fields, renames);
        Template template = new Template(
                key,
                version,
                title,
                description,
                zone,
                items.of(ItemKind.PARAMETER, ValueReader::parameter),
                items.of(ItemKind.DATASTORE, StoreReader::datastore),
                items.of(ItemKind.CONNECTOR, DeliveryReader::connector),
                items.of(ItemKind.FEATURESTORE, FeatureReader::read),
                items.of(ItemKind.MODEL, ModelReader::read),
                items.of(ItemKind.INFERENCESTORE, StoreReader::inferencestore),
                items.of(ItemKind.METRIC, MetricReader::read),
                items.of(ItemKind.DASHBOARD, DashboardReader::read),
                items.of(ItemKind.ALERT, DeliveryReader::alert),
                items.of(ItemKind.REPORT, DeliveryReader::report),
                items.of(ItemKind.CHANNEL, DeliveryReader::channel),
                renames.renames());
        fields.close();
        return template;
    }

    private static void language(Fields fields) {
        Optional<BigDecimal> language = fields.number("dlt");
        if (!fields.has("dlt")) {
            fields.missing("dlt");
        } else if (language.isPresent() && language.get().compareTo(BigDecimal.valueOf(LANGUAGE_VERSION)) != 0) {
            fields.badValue(
                    "dlt",
                    "dlt: version " + language.get() + " of the language is not known",
                    "write dlt: " + LANGUAGE_VERSION);
        }
    }

    /** YAML reads 1.10 as the number 1.1, so a version that is no text is refused. */
    private static String version(Fields fields) {
        String version = fields.needText("version");
        if (!version.isEmpty()) {
            Template.versionProblem(version).ifPresent(wrong -> fields.badValue("version", "version: " + wrong, ""));
        }
        return version;
    }

    /** Reads the items of each kind, and on the way what they were called before. */
    private record Items(Fields fields, RenameReader renames) {

        <T> List<T> of(ItemKind kind, BiFunction<String, Fields, T> reader) {
            List<T> items = new ArrayList<>();
            fields.group(kind.section())
                    .ifPresent(group -> group.each((key, item) -> {
                        KeyRule.problem(key).ifPresent(wrong -> group.report(ProblemCode.BAD_KEY, key, wrong));
                        renames.item(new ItemName(kind, key), item);
                        items.add(reader.apply(key, item));
                    }));
            return items;
        }
    }
}
