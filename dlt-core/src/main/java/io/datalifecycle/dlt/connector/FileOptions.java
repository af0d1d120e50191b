package io.datalifecycle.dlt.connector;

import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.spi.FileFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Options of a file connector. Immutable.
 *
 * @param directory up to the first wildcard
 * @param pattern glob of what lies below it
 * @param format {@code csv}, {@code ndjson}, {@code json} or the name of another format; empty to go by the ending
 * @param csv how CSV is written
 * @param then what happens to a file that is in: {@code keep}, {@code move} or {@code delete}
 * @param done where files go that are in, relative to the directory
 * @param failed where files go that cannot be read
 * @param settle how long a file must lie unchanged before it is read
 * @param zone for times without an offset, where the format has no setting of its own
 * @param others formats beyond the built-in ones
 */
record FileOptions(
        Path directory,
        String pattern,
        Optional<String> format,
        CsvFormat csv,
        String then,
        String done,
        String failed,
        Duration settle,
        ZoneId zone,
        List<FileFormat> others) {

    /** Reads the options; what is wrong is told to the reader. */
    public static FileOptions read(OptionReader options, ZoneId zone, List<FileFormat> others) {
        List<String> formats = new ArrayList<>(List.of("csv", "ndjson", "json"));
        others.forEach(format -> formats.add(format.name()));
        String path = options.needText("path");
        int wildcard = wildcard(path);
        int slash = path.lastIndexOf('/', wildcard);
        String directory = slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
        String pattern = path.substring(slash + 1);
        Optional<String> format = options.text("format");
        format.filter(name -> !name.contains("${") && !formats.contains(name))
                .ifPresent(name -> options.wrong("format", "one of " + String.join(", ", formats) + " is expected"));
        return new FileOptions(
                Path.of(directory.replace('\0', '_')),
                pattern.isEmpty() ? "*" : pattern,
                format,
                CsvOptions.read(options, zone),
                options.word("then", "keep", "keep", "move", "delete"),
                below(options, "done", "done"),
                below(options, "failed", "failed"),
                options.duration("settle", Duration.ofSeconds(2)),
                zone,
                List.copyOf(others));
    }

    /** A name of a directory below the files' own, never above it. */
    private static String below(OptionReader options, String name, String standIn) {
        return options.parsed(name, standIn, "a name below the files' directory is expected", text -> {
            Path path = Path.of(text);
            boolean up =
                    path.isAbsolute() || Arrays.asList(text.split("[/\\\\]")).contains("..");
            if (up || text.isBlank()) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }

    private static int wildcard(String path) {
        for (int i = 0; i < path.length(); i++) {
            if ("*?[{".indexOf(path.charAt(i)) >= 0 && !path.startsWith("${", i - 1)) {
                return i;
            }
        }
        return path.length();
    }

    /** The rows of a file; empty when its ending says nothing. */
    Optional<Rows> rows(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String kind = format.orElseGet(() -> byEnding(plain));
        return switch (kind) {
            case "csv" -> Optional.of(Rows.csv(file, csv));
            case "ndjson" -> Optional.of(Rows.ndjson(file));
            case "json" -> Optional.of(Rows.json(file));
            default ->
                others.stream()
                        .filter(other -> other.name().equals(kind))
                        .findFirst()
                        .map(other -> other.rows(file, zone));
        };
    }

    private String byEnding(String name) {
        if (name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".txt")) {
            return "csv";
        }
        if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
            return "ndjson";
        }
        if (name.endsWith(".json")) {
            return "json";
        }
        return others.stream()
                .filter(other -> other.endings().stream().anyMatch(name::endsWith))
                .map(FileFormat::name)
                .findFirst()
                .orElse("");
    }
}
