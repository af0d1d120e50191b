package io.datalifecycle.dlt.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that ingests is killed (SIGKILL) at random steps and started again until it has sent everything. Half of the kills wait for the
 * step, the others race with what follows it. {@code -Ddlt.fault.rounds=50 -Ddlt.fault.seed=7} for more and for others.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class FaultSuiteIT {

    static final int ROUNDS = Integer.getInteger("dlt.fault.rounds", 6);
    static final long SEED = Long.getLong("dlt.fault.seed", 20_260_302L);

    private static final int ROWS = 12_000;
    private static final int FILES = 12;

    /** Steps of a whole stream are some 1,500; a kill comes after fewer, so that most streams see several. */
    private static final int MOST_STEPS = 500;

    /** Files so large that each is stored in two transactions. */
    private static final int FETCHED_ROWS = 36_000;

    private static final int FETCHED_FILES = 3;
    private static final int MOST_FETCH_STEPS = 90;

    @TempDir
    Path directory;

    private int kills;
    private int streams;

    @Test
    void aProcessThatIsKilledLosesNothingAndDoublesNothing() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        try (TestDatabase database = TestDatabase.create();
                Dlt dlt = Plant.open(database.dataSource())) {
            dlt.templates().publish(Plant.TEMPLATE);
            while (kills < ROUNDS) {
                Feed feed = new Feed(SEED + streams, ROWS, FILES);
                Path files = Files.createDirectory(directory.resolve("stream-" + streams));
                feed.write(files);
                Workspace workspace = dlt.workspaces().provision("plant-" + streams, Plant.TEMPLATE);
                send(random, database, workspace, files);
                new Account(database, workspace, feed).check();
                streams++;
            }
        }
        assertThat(kills).isEqualTo(ROUNDS);
    }

    @Test
    void aProcessThatIsKilledWhileItsConnectorsRunLosesNothingAndDoublesNothing() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        try (TestDatabase database = TestDatabase.create();
                Dlt dlt = Plant.open(database.dataSource(), directory)) {
            dlt.templates().publish(Plant.TEMPLATE);
            while (kills < ROUNDS) {
                Feed feed = new Feed(SEED + streams, FETCHED_ROWS, FETCHED_FILES);
                Path files = Files.createDirectory(directory.resolve("fetched-" + streams));
                feed.write(files);
                Workspace workspace = dlt.workspaces()
                        .provision("plant-" + streams, Plant.TEMPLATE, w -> w.param("inbox", files.toString()));
                boolean finished = false;
                while (!finished) {
                    int stop = kills < ROUNDS ? 1 + random.nextInt(MOST_FETCH_STEPS) : 0;
                    finished =
                            new Child(database, workspace, files, Sender.CONNECTORS, stop, random.nextBoolean()).runs();
                    kills += finished ? 0 : 1;
                }
                new Account(database, workspace, feed).checkFetched();
                streams++;
            }
        }
        assertThat(kills).isEqualTo(ROUNDS);
    }

    private void send(SplittableRandom random, TestDatabase database, Workspace workspace, Path files)
            throws Exception {
        int sent = 0;
        while (true) {
            int stop = kills < ROUNDS ? 1 + random.nextInt(MOST_STEPS) : 0;
            boolean hold = random.nextBoolean();
            // a host that does not know what it has sent begins again
            int first = random.nextInt(4) == 0 ? 0 : sent;
            Child child = new Child(database, workspace, files, String.valueOf(first), stop, hold);
            if (child.runs()) {
                return;
            }
            kills++;
            sent = Math.max(sent, child.sent);
            if (random.nextInt(3) == 0) {
                workspace.featurestore(Plant.ROLLUP).refresh();
            }
        }
    }

    /** One life of the process. */
    private static final class Child {

        private final Process process;
        private final int stop;
        private final boolean hold;
        private int sent;

        Child(TestDatabase database, Workspace workspace, Path files, String first, int stop, boolean hold)
                throws IOException {
            this.stop = stop;
            this.hold = hold;
            this.process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Sender.class.getName(),
                            database.jdbcUrl(),
                            database.user(),
                            database.password(),
                            workspace.key(),
                            files.toString(),
                            first,
                            String.valueOf(hold ? stop : 0)))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        /** Whether it came to its end; else it was killed. */
        boolean runs() throws Exception {
            boolean finished = false;
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    finished |= line.equals("finished");
                    if (line.startsWith("sent ")) {
                        sent = Integer.parseInt(line.substring(5)) + 1;
                    }
                    if (hold ? line.equals("here") : line.startsWith("step " + stop + " ")) {
                        process.destroyForcibly();
                        break;
                    }
                }
            } finally {
                process.destroyForcibly();
            }
            int code = process.waitFor();
            assertThat(finished || code == 137)
                    .as("the process ended by itself with " + code)
                    .isTrue();
            return finished;
        }
    }
}
