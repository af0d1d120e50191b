package io.datalifecycle.dlt.fault;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A host that sends files, and sends again under the same batch id until it has an answer. Also a process of its own, to be killed: it
 * tells each step on its standard output.
 */
final class Sender {

    static final int BATCH_ROWS = 200;

    /** Instead of a first file: the workspace's connectors fetch the files. */
    static final String CONNECTORS = "connectors";

    private static final int MOST_TRIES = 2_000;

    private final Workspace workspace;
    private final Path directory;
    private int failures;

    Sender(Workspace workspace, Path directory) {
        this.workspace = workspace;
        this.directory = directory;
    }

    /** How often the database was away. */
    int failures() {
        return failures;
    }

    /** One file into all stores. */
    void send(int file) {
        for (String store : Plant.STORES) {
            send(store, file);
        }
    }

    IngestResult send(String store, int file) {
        for (int tries = 1; ; tries++) {
            try {
                return once(store, file);
            } catch (StoreUnavailableException e) {
                if (!e.isRetryable() || tries == MOST_TRIES) {
                    throw e;
                }
                failures++;
                LockSupport.parkNanos(tries * 100_000L);
            }
        }
    }

    IngestResult once(String store, int file) {
        Path path = directory.resolve(Feed.name(file));
        IngestOptions options = IngestOptions.builder()
                .batchId(Feed.name(file))
                .batchRows(BATCH_ROWS)
                .build();
        return workspace.datastore(store).ingest(Rows.ndjson(path), options);
    }

    /** @param arguments address, user, password, workspace, directory, first file or {@value #CONNECTORS}, step to stop at (0: never) */
    public static void main(String[] arguments) throws IOException {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(arguments[0]);
        database.setUser(arguments[1]);
        database.setPassword(arguments[2]);
        int stop = Integer.parseInt(arguments[6]);
        boolean[] opened = {false};
        int[] counted = {0};
        Steps.Breaker breaker = (step, what, connection) -> {
            if (opened[0]) {
                tell("step " + ++counted[0] + " " + what);
                if (counted[0] == stop) {
                    waitForTheEnd();
                }
            }
        };
        Path directory = Path.of(arguments[4]);
        int files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = (int) entries.count();
        }
        try (Dlt dlt = Plant.open(Steps.of(database, breaker), directory)) {
            Workspace workspace = dlt.workspaces().workspace(arguments[3]);
            opened[0] = true;
            if (arguments[5].equals(CONNECTORS)) {
                Plant.STORES.forEach(
                        store -> workspace.connector(Plant.files(store)).run());
                tell("finished");
                return;
            }
            Sender sender = new Sender(workspace, directory);
            for (int file = Integer.parseInt(arguments[5]); file < files; file++) {
                sender.send(file);
                tell("sent " + file);
            }
        }
        tell("finished");
    }

    private static void tell(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void waitForTheEnd() {
        tell("here");
        while (true) {
            LockSupport.park();
        }
    }
}
