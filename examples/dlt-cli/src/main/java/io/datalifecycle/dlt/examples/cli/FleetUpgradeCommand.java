package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Upgrades a fleet. */
@Command(
        name = "upgrade",
        description = "Starts an upgrade of the workspaces of a template, and goes on until it pauses, stops or ends.")
final class FleetUpgradeCommand extends DatabaseAction {

    @Mixin
    private FleetChoice choice = new FleetChoice();

    @Option(
            names = "--waves",
            split = ",",
            paramLabel = "PERCENT",
            description = "Up to which percent each wave goes, the last one 100; else 1,10,50,100.")
    private int[] waves = {1, 10, 50, 100};

    @Option(names = "--pause", paramLabel = "PT1H", description = "Rest between waves; else none.")
    private Duration pause = Duration.ZERO;

    @Option(
            names = "--stop-at",
            paramLabel = "RATIO",
            description = "Share of failures, 0 to 1, at which it stops; else the first failure stops it.")
    private double stopAt;

    @Option(names = "--parallel", paramLabel = "N", description = "Workspaces at once, 1 to 64; else one.")
    private int parallel = 1;

    @Override
    Answer answer(Dlt dlt) throws IOException {
        return FleetAnswers.of(choice.upgrade(
                        dlt,
                        draft -> draft.waves(waves).pause(pause).stopAt(stopAt).parallel(parallel))
                .start()
                .run());
    }
}
