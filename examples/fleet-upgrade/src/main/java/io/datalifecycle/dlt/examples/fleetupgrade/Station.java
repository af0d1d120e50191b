package io.datalifecycle.dlt.examples.fleetupgrade;

import io.datalifecycle.dlt.DatastoreHandle;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The transmitter of one customer. It keeps the handle it got in the beginning, and counts what was accepted. It knows both names of
 * the pressure: when rows are refused under one, it sends the same rows under the other with its next turn. One thread at a time.
 */
final class Station {

    private static final Duration GRID = Duration.ofMinutes(5);
    private static final Duration HISTORY = Duration.ofHours(12);

    private final String workspace;
    private final DatastoreHandle handle;
    private final Instant begin;
    private String name = "pressure";
    private long next;
    private long accepted;
    private long refused;
    private long again;
    private double total;

    Station(Workspace workspace, Instant end) {
        this.workspace = workspace.key();
        this.handle = workspace.datastore("sensor_data");
        this.begin = end.minus(HISTORY);
    }

    String workspace() {
        return workspace;
    }

    /** Rows that the datastore accepted. */
    long accepted() {
        return accepted;
    }

    /** Rows that were refused under the name that the version at that time does not know, and sent again. */
    long refused() {
        return refused;
    }

    /** Calls that threw because the database was away or the table locked for long, and were made again. */
    long again() {
        return again;
    }

    /** Rows of the first twelve hours; these have a valve. */
    static long valves() {
        return 2 * HISTORY.dividedBy(GRID);
    }

    /** Sum of the pressures that were accepted, in bar. */
    double total() {
        return total;
    }

    /** The first twelve hours, two pumps, every five minutes; with a column that the later version no longer has. */
    void history() {
        List<Map<String, Object>> rows = LongStream.range(0, valves())
                .mapToObj(n -> Map.<String, Object>of(
                        "ts",
                        begin.plus(GRID.multipliedBy(n / 2)).toString(),
                        "asset_id",
                        "P-" + n % 2,
                        "pressure",
                        pressure(n),
                        "flow",
                        20 + n % 7,
                        "valve",
                        n % 3 == 0 ? "open" : "half"))
                .toList();
        IngestResult result = handle.ingest(Rows.of(rows));
        accepted += result.accepted();
        total += LongStream.range(0, rows.size()).mapToDouble(Station::pressure).sum();
    }

    /**
     * Some more rows, late ones: they belong to buckets that exist. A call that throws has stored nothing of its one batch; the same
     * rows go again with the next turn.
     */
    void send(int number) {
        try {
            IngestResult result = handle.ingest(Rows.of(rows(number)));
            if (result.rejected() > 0) {
                refused += result.rejected();
                name = name.equals("pressure") ? "pressure_bar" : "pressure";
                return;
            }
            accepted += result.accepted();
        } catch (StoreUnavailableException away) {
            again++;
            return;
        }
        total += LongStream.range(next, next + number)
                .mapToDouble(Station::pressure)
                .sum();
        next += number;
    }

    private List<Map<String, Object>> rows(int number) {
        return LongStream.range(next, next + number)
                .mapToObj(n -> Map.<String, Object>of(
                        "ts",
                        begin.plusSeconds(7 * n + 1).plusMillis(500).toString(),
                        "asset_id",
                        "P-" + n % 2,
                        name,
                        pressure(n),
                        "flow",
                        20 + n % 7))
                .toList();
    }

    /** Eighths of a bar, so that sums are exact. */
    private static double pressure(long n) {
        return 2 + n % 40 / 8.0;
    }
}
