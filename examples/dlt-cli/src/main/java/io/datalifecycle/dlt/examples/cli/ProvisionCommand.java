package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.template.Parameter;
import io.datalifecycle.dlt.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a workspace. */
@Command(name = "provision", description = "Makes a workspace of a published template. The same again changes nothing.")
final class ProvisionCommand extends DatabaseAction {

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "Key of the workspace.")
    private String workspace = "";

    @Parameters(index = "1", paramLabel = "TEMPLATE", description = "Key of the template.")
    private String template = "";

    @Parameters(index = "2", paramLabel = "VERSION", description = "Its version.")
    private String version = "";

    @Option(
            names = "--param",
            paramLabel = "key=value",
            description = "A parameter, may come again; key=@file reads the value from a file.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--timezone", description = "Zone of the workspace; else the template's.")
    private @Nullable String timezone;

    @Option(names = "--placement", description = "Name of the data database; else the first.")
    private @Nullable String placement;

    @Override
    Answer answer(Dlt dlt) throws IOException {
        Map<String, Object> values = values(dlt.templates().find(template, version));
        Workspace made = dlt.workspaces().provision(workspace, template, version, draft -> {
            values.forEach(draft::param);
            if (timezone != null) {
                draft.timezone(timezone);
            }
            if (placement != null) {
                draft.placement(placement);
            }
        });
        return Answer.ok(
                Texts.json("ok", true, "workspace", WorkspacesCommand.json(made)),
                made.key() + " is there, of " + made.templateId());
    }

    private Map<String, Object> values(Optional<Template> known) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String text = parameter.getValue();
            String value = text.startsWith("@")
                    ? Files.readString(Path.of(text.substring(1))).strip()
                    : text;
            Optional<Parameter> declared = known.flatMap(t -> t.parameter(parameter.getKey()));
            values.put(parameter.getKey(), declared.map(d -> typed(d, value)).orElse(value));
        }
        return values;
    }

    /** As the template wants it; what is no number stays a text and is refused by name. */
    private static Object typed(Parameter parameter, String text) {
        return switch (parameter.type()) {
            case NUMBER, INTEGER -> number(text, parameter.type() == io.datalifecycle.dlt.template.ValueType.INTEGER);
            case BOOLEAN -> text.equals("true") ? (Object) true : text.equals("false") ? (Object) false : text;
            default -> text;
        };
    }

    private static Object number(String text, boolean whole) {
        try {
            return whole ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
