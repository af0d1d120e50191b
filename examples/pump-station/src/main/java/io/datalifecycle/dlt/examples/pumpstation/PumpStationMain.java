package io.datalifecycle.dlt.examples.pumpstation;

import io.datalifecycle.dlt.problem.DltException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the pump station: an empty database, one template, two customers, a week of data through every layer, and what they get out of
 * it as files. {@code mvn -q -Pdemo} at the root of the project starts it.
 */
@Command(
        name = "pump-station",
        description = "A week of two pump stations through every layer of DLT.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class PumpStationMain implements Callable<Integer> {

    @Option(
            names = "--jdbc-url",
            description = "PostgreSQL or TimescaleDB to use; without it one is started for the run.")
    private @Nullable String jdbcUrl;

    @Option(names = "--user", description = "Login for --jdbc-url; owns the database and has CREATEROLE.")
    private @Nullable String user;

    @Option(names = "--password", description = "Password for --jdbc-url.")
    private @Nullable String password;

    @Option(
            names = "--data",
            description = "Folder of recorded runs as CSV (;, datetime, eight sensors) instead of the simulator.")
    private @Nullable Path data;

    @Option(names = "--out", description = "Folder for the results; target/demo of this module by default.")
    private Path out = Path.of(System.getProperty("dlt.output", "target/demo"));

    private PumpStationMain() {}

    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        System.exit(new CommandLine(new PumpStationMain()).execute(args));
    }

    @Override
    public Integer call() {
        PrintStream console = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Progress progress = new Progress(console, System.console() != null);
        try (DemoDatabase database = DemoDatabase.open(jdbcUrl, user, password)) {
            DemoData source = data == null ? new SimulatedData() : RecordedData.read(data);
            Demo demo = new Demo(source, database, out, progress);
            console.println("Pump station on " + database.name());
            demo.run().print(console);
            return 0;
        } catch (DltException | IllegalArgumentException problem) {
            return failed(console, String.valueOf(problem.getMessage()));
        } catch (java.io.IOException | java.io.UncheckedIOException problem) {
            return failed(console, "file: " + problem.getMessage());
        }
    }

    /** What, where and what to do are in the message; a stack trace would only bury it. */
    private static int failed(PrintStream console, String message) {
        console.println();
        console.println("The demo stopped: " + message);
        return 1;
    }
}
