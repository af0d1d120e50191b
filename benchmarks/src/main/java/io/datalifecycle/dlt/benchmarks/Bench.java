package io.datalifecycle.dlt.benchmarks;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Runs one benchmark by name: {@code mvn -q -Pbench -Dbench=ingest}. */
public final class Bench {

    private interface Benchmark {
        Figures run(Settings settings) throws Exception;
    }

    private static final Map<String, Benchmark> ALL = new TreeMap<>(Map.of(
            "ingest", Ingest::run,
            "disk", settings -> DiskMatrix.run(settings, false),
            "disk-timescale", settings -> DiskMatrix.run(settings, true),
            "memory", Memory::run,
            "metric", MetricQuery::run,
            "peer", Peer::run,
            "schedules", Schedules::run,
            "validation", Validation::run));

    private Bench() {}

    /**
     * Runs and writes {@code <folder>/<name>.json}.
     *
     * @param args name of the benchmark; sizes are system properties, see the README of this module
     */
    public static void main(String[] args) throws Exception {
        Benchmark benchmark = args.length == 0 ? null : ALL.get(args[0]);
        if (benchmark == null) {
            System.err.println("Name one benchmark with -Dbench=NAME: " + String.join(", ", ALL.keySet()));
            System.exit(2);
            return;
        }
        benchmark.run(Settings.of(args)).write(Path.of(System.getProperty("dlt.output", "benchmarks/target")));
    }
}
