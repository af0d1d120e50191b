package io.datalifecycle.dlt.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.fault.CuttingProxy.Place;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The connection is cut after a random number of bytes, to or from the server, before or after a COMMIT; the host sends again. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class CutConnectionIT {

    /** Cuts are cheap: no new process each. */
    private static final int ROUNDS = 10 * FaultSuiteIT.ROUNDS;

    private static final int ROWS = 12_000;
    private static final int FILES = 60;

    /** About what a file of 200 rows is on the wire, to both stores. */
    private static final int MOST_UP = 40_000;

    private static final int MOST_DOWN = 6_000;

    @TempDir
    Path directory;

    @Test
    void aCutConnectionLosesNothingAndDoublesNothing() throws Exception {
        SplittableRandom random = new SplittableRandom(FaultSuiteIT.SEED);
        int cuts = 0;
        try (TestDatabase database = TestDatabase.create();
                CuttingProxy proxy = proxy(database);
                Dlt dlt = Plant.open(through(proxy, database))) {
            dlt.templates().publish(Plant.TEMPLATE);
            for (int stream = 0; cuts < ROUNDS; stream++) {
                Feed feed = new Feed(FaultSuiteIT.SEED + stream, ROWS, FILES);
                Path files = Files.createDirectory(directory.resolve("stream-" + stream));
                feed.write(files);
                Workspace workspace = dlt.workspaces().provision("plant-" + stream, Plant.TEMPLATE);
                Sender sender = new Sender(workspace, files);
                for (int file = 0; file < FILES; file++) {
                    arm(proxy, random);
                    sender.send(file);
                    cuts += proxy.hasCut() ? 1 : 0;
                    proxy.disarm();
                }
                assertThat(sender.failures()).as("cuts that were felt").isPositive();
                new Account(database, workspace, feed).check();
            }
        }
    }

    private static void arm(CuttingProxy proxy, SplittableRandom random) {
        Place place = Place.values()[random.nextInt(Place.values().length)];
        long bytes = switch (place) {
            case UP -> random.nextInt(MOST_UP);
            case DOWN -> random.nextInt(MOST_DOWN);
            case BEFORE_COMMIT, AFTER_COMMIT -> random.nextInt(2);
        };
        proxy.arm(place, bytes, random.nextBoolean());
    }

    private static URI address(TestDatabase database) {
        return URI.create(database.jdbcUrl().substring("jdbc:".length()));
    }

    private static CuttingProxy proxy(TestDatabase database) throws java.io.IOException {
        URI address = address(database);
        return new CuttingProxy(address.getHost(), address.getPort() < 0 ? 5432 : address.getPort());
    }

    private static PGSimpleDataSource through(CuttingProxy proxy, TestDatabase database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {proxy.port()});
        source.setUser(database.user());
        source.setPassword(database.password());
        return source;
    }
}
