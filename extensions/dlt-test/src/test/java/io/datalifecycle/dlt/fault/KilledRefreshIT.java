package io.datalifecycle.dlt.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.spi.FeatureLedger;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.time.TimeRange;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes refresh one featurestore at once; one of them is killed (SIGKILL) at a random step, another takes its place. In the end the
 * roll-up is what the rows say, and the ledger shows each interval once.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class KilledRefreshIT {

    /** A round costs the start of a process: of few rounds half are enough. */
    private static final int ROUNDS = FaultSuiteIT.ROUNDS < 10 ? FaultSuiteIT.ROUNDS / 2 : FaultSuiteIT.ROUNDS;

    private static final int NODES = 3;
    private static final int ROWS = 9_000;
    private static final int FILES = 6;

    /** A node of three sees some 300 steps of a stream. */
    private static final int MOST_STEPS = 250;

    @TempDir
    Path directory;

    private int kills;

    @Test
    void nodesThatAreKilledWhileTheyRefreshDoEachIntervalOnce() throws Exception {
        SplittableRandom random = new SplittableRandom(FaultSuiteIT.SEED);
        try (TestDatabase database = TestDatabase.create();
                Dlt dlt = Plant.open(database.dataSource())) {
            dlt.templates().publish(Plant.TEMPLATE);
            for (int stream = 0; kills < ROUNDS; stream++) {
                Feed feed = new Feed(FaultSuiteIT.SEED + stream, ROWS, FILES);
                Path files = Files.createDirectory(directory.resolve("refreshed-" + stream));
                feed.write(files);
                Workspace workspace = dlt.workspaces().provision("plant-" + stream, Plant.TEMPLATE);
                for (int file = 0; file < FILES; file++) {
                    workspace
                            .datastore(Plant.KEYED)
                            .ingest(Rows.ndjson(files.resolve(Feed.name(file))), IngestOptions.ofDefaults());
                }
                refresh(random, database, workspace);
                assertEachOnce(workspace);
                new Account(database, workspace, feed).checkRollup();
            }
        }
        assertThat(kills).isEqualTo(ROUNDS);
    }

    /** Until nothing is left to do, with nodes dying all the while. */
    private void refresh(SplittableRandom random, TestDatabase database, Workspace workspace) throws Exception {
        List<Node> nodes = new ArrayList<>();
        try {
            while (nodes.size() < NODES) {
                nodes.add(new Node(database, workspace, 0));
            }
            boolean left = true;
            while (left) {
                int stop = kills < ROUNDS ? 1 + random.nextInt(MOST_STEPS) : 0;
                Node dying = new Node(database, workspace, stop);
                nodes.add(dying);
                kills += dying.isKilled() ? 1 : 0;
                nodes.remove(dying);
                left = !workspace.featurestore(Plant.ROLLUP).status().todo().isEmpty();
                if (left && nodes.stream().noneMatch(Node::isAlive)) {
                    nodes.add(new Node(database, workspace, 0));
                }
            }
            for (Node node : nodes) {
                assertThat(node.isKilled()).isFalse();
            }
        } finally {
            nodes.forEach(Node::end);
        }
    }

    private static void assertEachOnce(Workspace workspace) {
        List<TimeRange> processed = workspace.featurestore(Plant.ROLLUP).runs(10_000).stream()
                .map(FeatureLedger.Entry::processed)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(TimeRange::from))
                .toList();
        assertThat(processed).hasSizeGreaterThan(20);
        for (int i = 1; i < processed.size(); i++) {
            assertThat(processed.get(i).from())
                    .as("%s and %s", processed.get(i - 1), processed.get(i))
                    .isAfterOrEqualTo(processed.get(i - 1).to());
        }
    }

    /** One life of a node. */
    private static final class Node {

        private final Process process;
        private final int stop;

        Node(TestDatabase database, Workspace workspace, int stop) throws IOException {
            this.stop = stop;
            this.process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                            "-cp",
                            System.getProperty("java.class.path"),
                            RefreshNode.class.getName(),
                            database.jdbcUrl(),
                            database.user(),
                            database.password(),
                            workspace.key(),
                            String.valueOf(stop)))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        boolean isAlive() {
            return process.isAlive();
        }

        /** Waits until it has come to its step, where it is killed, or to its end. */
        boolean isKilled() throws Exception {
            boolean killed = false;
            boolean finished = false;
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    finished |= line.equals("finished");
                    if (line.startsWith("step " + stop + " ")) {
                        process.destroyForcibly();
                        killed = true;
                        break;
                    }
                }
            }
            int code = process.waitFor();
            assertThat(killed || finished)
                    .as("the node ended by itself with " + code)
                    .isTrue();
            return killed;
        }

        void end() {
            process.destroyForcibly();
        }
    }
}
