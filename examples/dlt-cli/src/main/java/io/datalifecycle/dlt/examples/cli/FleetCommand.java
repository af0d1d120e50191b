package io.datalifecycle.dlt.examples.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Upgrades of all workspaces of a template. */
@Command(
        name = "fleet",
        description = "Upgrades of all workspaces of a template, in waves.",
        mixinStandardHelpOptions = true,
        subcommands = {
            FleetPlanCommand.class,
            FleetUpgradeCommand.class,
            FleetRunAction.Status.class,
            FleetRunAction.Advance.class,
            FleetRunAction.Stop.class,
            FleetRunAction.Resume.class,
            FleetRunAction.Accept.class,
            FleetRunAction.Rollback.class,
            FleetRunAction.End.class
        })
final class FleetCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("spec: is given before a command runs");
        }
        throw new ParameterException(spec.commandLine(), "say what to do with the fleet");
    }
}
