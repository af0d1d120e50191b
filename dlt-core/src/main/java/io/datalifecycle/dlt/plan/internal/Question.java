package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.plan.Target;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.spi.Reshaper.Standing;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.List;

/**
 * What a plan is asked for. Immutable.
 *
 * @param from the workspace as it is
 * @param to the workspace as it shall be, with the next revision
 * @param target where it leads, as it was asked for
 * @param same whether it leads to what there is: version, overlay and parameters
 * @param renaming what things of {@code to} were called in {@code from}
 * @param back whether it leads to an earlier version
 * @param standing rows and hidden things of the workspace
 * @param problems what is known to be wrong, or worth telling, before anything is compared
 */
public record Question(
        WorkspaceContext from,
        WorkspaceContext to,
        Target target,
        boolean same,
        Renaming renaming,
        boolean back,
        Standing standing,
        List<Problem> problems) {

    public Question {
        problems = List.copyOf(problems);
    }
}
