package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.FeaturestoreHandle;
import io.datalifecycle.dlt.spi.FeatureWriter.Refreshed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a featurestore up to date. */
@Command(name = "refresh", description = "Takes into a featurestore what changed in its sources.")
final class RefreshCommand extends DatabaseAction {

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "Key of the workspace.")
    private String workspace = "";

    @Parameters(index = "1", paramLabel = "STORE", description = "Key of the featurestore.")
    private String store = "";

    @Option(names = "--recompute", description = "Redo its whole history.")
    private boolean recompute;

    @Override
    Answer answer(Dlt dlt) {
        FeaturestoreHandle handle = dlt.workspaces().workspace(workspace).featurestore(store);
        Refreshed done = recompute ? handle.recompute() : handle.refresh();
        return Answer.ok(
                Texts.json(
                        "ok",
                        true,
                        "written",
                        done.written(),
                        "removed",
                        done.removed(),
                        "intervals",
                        done.intervals().size()),
                done.written() + " rows written, " + done.removed() + " removed, in "
                        + done.intervals().size() + " intervals");
    }
}
