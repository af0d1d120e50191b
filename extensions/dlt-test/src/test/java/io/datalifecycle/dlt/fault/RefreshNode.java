package io.datalifecycle.dlt.fault;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.feature.Backfill;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/** A node that works off what a featurestore has to do, in small pieces, and tells each step on its standard output: a process to be killed. */
final class RefreshNode {

    private static final Duration PIECE = Duration.ofMinutes(30);

    private RefreshNode() {}

    /** @param arguments address, user, password, workspace, step to stop at (0: never) */
    public static void main(String[] arguments) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(arguments[0]);
        database.setUser(arguments[1]);
        database.setPassword(arguments[2]);
        int stop = Integer.parseInt(arguments[4]);
        boolean[] opened = {false};
        int[] counted = {0};
        Steps.Breaker breaker = (step, what, connection) -> {
            if (opened[0] && stop > 0) { // nobody listens to a node that lives
                tell("step " + ++counted[0] + " " + what);
                while (counted[0] == stop) {
                    LockSupport.park();
                }
            }
        };
        try (Dlt dlt = Plant.open(Steps.of(database, breaker))) {
            Workspace workspace = dlt.workspaces().workspace(arguments[3]);
            opened[0] = true;
            workspace.featurestore(Plant.ROLLUP).backfill(Backfill.oldestFirst().inPiecesOf(PIECE));
        }
        tell("finished");
    }

    private static void tell(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
