package io.datalifecycle.dlt.benchmarks;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Runs one benchmark by name: {@code mvn -q -Pbench -Dbench=ingest}. */
public final class Bench {

    private interface Benchmark {
        Figures run(Settings settings) throws Exception;
    }

    private static final Map<String, Benchmark> ALL = new TreeMap<>();

    static {
        ALL.put("asof", AsOf::run);
        ALL.put("crowd", Crowd::run);
        ALL.put("ingest", Ingest::run);
        ALL.put("disk", settings -> DiskMatrix.run(settings, false));
        ALL.put("disk-timescale", settings -> DiskMatrix.run(settings, true));
        ALL.put("memory", Memory::run);
        ALL.put("metric", MetricQuery::run);
        ALL.put("peer", Peer::run);
        ALL.put("plan", Planning::run);
        ALL.put("provision", settings -> Provision.run(settings, false));
        ALL.put("provision-timescale", settings -> Provision.run(settings, true));
        ALL.put("refresh", settings -> Refresh.run(settings, false));
        ALL.put("refresh-timescale", settings -> Refresh.run(settings, true));
        ALL.put("schedules", Schedules::run);
        ALL.put("upgrade", settings -> Upgrade.run(settings, false));
        ALL.put("upgrade-timescale", settings -> Upgrade.run(settings, true));
        ALL.put("validation", Validation::run);
    }

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
