package io.datalifecycle.dlt.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one side of a comparison took, workspace by workspace: milliseconds on the wall, and processor time of the calling thread and of the side's
 * server processes, which foreign load on the machine hardly changes. Processor time of server processes is known on Linux with an embedded server
 * only. Not thread-safe.
 */
final class Effort {

    private static final int TICK_MILLIS = 10; // USER_HZ is 100 on every Linux

    private final double[] millis;
    private final double[] threadMillis;
    private final int part;
    private final Map<Integer, Double> marks = new TreeMap<>();

    /** @param part how many make up the first and the last part that are compared */
    Effort(int count, int part) {
        this.millis = new double[count];
        this.threadMillis = new double[count];
        this.part = part;
    }

    /** Work that is measured. */
    interface Work {
        void run() throws Exception;
    }

    /** Does it and notes what it took; a negative number is to warm up. */
    void time(int number, Work work) throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        work.run();
        if (number >= 0) {
            millis[number] = (System.nanoTime() - start) / 1e6;
            threadMillis[number] = (threads.getCurrentThreadCpuTime() - cpu) / 1e6;
        }
    }

    /** Whether a part begins or ends with this number, so that {@link #mark} has to be called before it. */
    boolean isEdge(int number) {
        return number == 0 || number == part || number == millis.length - part || number == millis.length;
    }

    /** Looks at what the server's processes of this side took up to now. */
    void mark(int number, List<Long> processes) throws IOException {
        double sum = 0;
        for (long process : processes) {
            sum += serverMillis(process);
        }
        marks.put(number, sum);
    }

    private static double serverMillis(long process) throws IOException {
        Path stat = Path.of("/proc", Long.toString(process), "stat");
        if (!Files.exists(stat)) {
            return Double.NaN;
        }
        String line = Files.readString(stat);
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * (double) TICK_MILLIS;
    }

    double millis() {
        return Figures.median(millis);
    }

    /** Mean processor time of one; NaN where it is not known. */
    double cpuMillis() {
        return cpu(0, millis.length);
    }

    private double cpu(int from, int to) {
        double thread = Arrays.stream(threadMillis, from, to).sum();
        double server = marks.getOrDefault(to, Double.NaN) - marks.getOrDefault(from, Double.NaN);
        return (thread + server) / (to - from);
    }

    Map<String, Object> figures() {
        int count = millis.length;
        double first = Figures.median(Arrays.copyOfRange(millis, 0, part));
        double last = Figures.median(Arrays.copyOfRange(millis, count - part, count));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("ms_p50", Figures.rounded(millis()));
        figures.put("first_" + part + "_ms_p50", Figures.rounded(first));
        figures.put("last_" + part + "_ms_p50", Figures.rounded(last));
        figures.put("last_to_first", Figures.rounded(last / first));
        if (!Double.isNaN(cpuMillis())) {
            double firstCpu = cpu(0, part);
            double lastCpu = cpu(count - part, count);
            figures.put("cpu_ms_mean", Figures.rounded(cpuMillis()));
            figures.put(
                    "of_it_in_the_client",
                    Figures.rounded(Arrays.stream(threadMillis).average().orElse(0)));
            figures.put("first_" + part + "_cpu_ms_mean", Figures.rounded(firstCpu));
            figures.put("last_" + part + "_cpu_ms_mean", Figures.rounded(lastCpu));
            figures.put("last_to_first_cpu", Figures.rounded(lastCpu / firstCpu));
        }
        return figures;
    }

    /** The ratios of two sides. */
    static Map<String, Object> ratios(Effort ours, Effort theirs) {
        Map<String, Object> ratios = new LinkedHashMap<>();
        ratios.put("wall", Figures.rounded(ours.millis() / theirs.millis()));
        if (!Double.isNaN(ours.cpuMillis() + theirs.cpuMillis())) {
            ratios.put("cpu", Figures.rounded(ours.cpuMillis() / theirs.cpuMillis()));
        }
        return ratios;
    }

    /** Number of the server process behind a connection. */
    static long process(Connection connection) throws SQLException {
        return processes(connection, "= pg_backend_pid()").get(0);
    }

    /** Numbers of the server processes of this database's connections, without one. */
    static List<Long> processesWithout(Connection connection, long without) throws SQLException {
        return processes(connection, "<> " + without);
    }

    private static List<Long> processes(Connection connection, String which) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid "
                                + which)) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        }
        return numbers;
    }
}
