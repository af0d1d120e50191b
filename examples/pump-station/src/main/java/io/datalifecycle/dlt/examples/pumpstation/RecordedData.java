package io.datalifecycle.dlt.examples.pumpstation;

import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.ingest.Rows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Recorded runs of a pump rig: CSV with {@code ;}, a {@code datetime} without zone (taken as UTC) and eight sensors. Each file is a run of
 * its own; the folders below the given one go to the two customers in turn. A run first sends 400 rows, on which the model is trained,
 * then minute by minute the rest, as if it happened now.
 */
final class RecordedData implements DemoData {

    private static final int TRAINING_ROWS = 400;
    private static final int LIVE_ROWS = 60;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final List<Run> runs;

    private RecordedData(List<Run> runs) {
        this.runs = runs;
    }

    /** One file: its name and its lines without the header. */
    private record Run(String folder, String asset, String header, List<String> lines) {

        Instant start() {
            return timeOf(lines.get(0));
        }
    }

    /** Reads the files below a folder; a folder without any is refused. */
    static RecordedData read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "--data " + folder + ": is no folder; give the one that holds the CSV files");
        }
        List<Run> runs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".csv")).sorted().toList()) {
                read(folder, file, runs);
            }
        }
        if (runs.isEmpty()) {
            throw new IllegalArgumentException(
                    "--data " + folder + ": holds no CSV file with a column datetime and rows below it");
        }
        runs.sort(Comparator.comparing(Run::start));
        return new RecordedData(runs);
    }

    private static void read(Path folder, Path file, List<Run> runs) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .filter(l -> !l.isBlank())
                .toList();
        if (lines.size() < 2 || !lines.get(0).startsWith("datetime;")) {
            return; // another kind of file beside the records
        }
        Path name = folder.relativize(file);
        String asset = name.toString().replaceAll("\\.csv$", "").replaceAll("[^A-Za-z0-9_-]+", "-");
        String group = name.getNameCount() > 1 ? name.getName(0).toString() : "";
        runs.add(new Run(group, asset, lines.get(0), lines.subList(1, lines.size())));
    }

    @Override
    public String template() {
        return "test-rig.yaml";
    }

    @Override
    public Instant start() {
        return runs.get(0).start();
    }

    @Override
    public List<Feed> feeds() {
        List<String> folders =
                runs.stream().map(Run::folder).distinct().sorted().toList();
        return List.of(
                feed("north-field", "America/Chicago", folders, 0), feed("south-field", "Europe/Oslo", folders, 1));
    }

    private Feed feed(String workspace, String zone, List<String> folders, int turn) {
        List<Run> mine = runs.stream()
                .filter(run -> folders.indexOf(run.folder()) % 2 == turn)
                .toList();
        Map<String, Object> parameters = Map.of("ops_email", "ops@" + workspace + ".example");
        return new Feed(workspace, ZoneId.of(zone), parameters, List.of(), steps(mine));
    }

    private static Iterator<Feed.Step> steps(List<Run> runs) {
        List<Feed.Step> steps = new ArrayList<>();
        double all = runs.stream().mapToInt(run -> run.lines().size()).sum();
        int done = 0;
        for (Run run : runs) {
            int from = 0;
            while (from < run.lines().size()) {
                int to = Math.min(run.lines().size(), from == 0 ? TRAINING_ROWS : from + LIVE_ROWS);
                List<String> part = run.lines().subList(from, to);
                done += part.size();
                Instant at = timeOf(part.get(part.size() - 1)).plus(Duration.ofSeconds(10));
                steps.add(new Feed.Step(
                        at, List.of(new Feed.Batch(run.asset() + ".csv", rows(run, part))), from == 0, done / all));
                from = to;
            }
        }
        return steps.iterator();
    }

    private static Rows rows(Run run, List<String> lines) {
        CsvFormat.Builder format = CsvFormat.builder()
                .delimiter(';')
                .zone(ZoneOffset.UTC)
                .column("ts", "datetime")
                .column("accelerometer_1", "Accelerometer1RMS")
                .column("accelerometer_2", "Accelerometer2RMS")
                .column("current", "Current")
                .column("pressure", "Pressure")
                .column("temperature", "Temperature")
                .column("thermocouple", "Thermocouple")
                .column("voltage", "Voltage")
                .constant("asset_id", run.asset());
        String csv = run.header() + "\n" + String.join("\n", lines) + "\n";
        return Rows.csv(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), format.build());
    }

    private static Instant timeOf(String line) {
        int end = line.indexOf(';');
        try {
            return LocalDateTime.parse(line.substring(0, Math.max(0, end)), TIME)
                    .toInstant(ZoneOffset.UTC);
        } catch (java.time.format.DateTimeParseException e) {
            throw new UncheckedIOException(new IOException(
                    "a line does not start with a time like 2020-03-09 10:14:33: "
                            + line.substring(0, Math.min(40, line.length())),
                    e));
        }
    }
}
