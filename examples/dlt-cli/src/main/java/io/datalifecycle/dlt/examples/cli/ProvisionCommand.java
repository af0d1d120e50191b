package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
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
        Map<String, Object> values =
                ParameterValues.of(parameters, dlt.templates().find(template, version));
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
}
