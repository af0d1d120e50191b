package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.FleetDraft;
import io.datalifecycle.dlt.FleetUpgrade;
import io.datalifecycle.dlt.plan.ApplyOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which workspaces go where, as planning and upgrading take it alike. */
final class FleetChoice {

    @Parameters(index = "0", paramLabel = "TEMPLATE", description = "Key of the template.")
    private String template = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "The version they are to follow.")
    private String version = "";

    @Option(names = "--only", split = ",", paramLabel = "WORKSPACE", description = "These alone.")
    private String[] only = {};

    @Option(names = "--except", split = ",", paramLabel = "WORKSPACE", description = "All but these.")
    private String[] except = {};

    @Option(names = "--allow-destructive", description = "Stores and columns may be hidden.")
    private boolean allowDestructive;

    @Option(
            names = "--param",
            paramLabel = "key=value",
            description = "A parameter for all, may come again; key=@file reads the value from a file.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    /** The upgrade, not started. */
    FleetUpgrade upgrade(Dlt dlt, Consumer<FleetDraft> more) throws IOException {
        Map<String, Object> values =
                ParameterValues.of(parameters, dlt.templates().find(template, version));
        return dlt.fleet(template).upgradeTo(version, draft -> {
            draft.only(only).except(except);
            draft.options(allowDestructive ? ApplyOptions.ALLOW_DESTRUCTIVE : ApplyOptions.STANDARD);
            values.forEach(draft::param);
            more.accept(draft);
        });
    }
}
