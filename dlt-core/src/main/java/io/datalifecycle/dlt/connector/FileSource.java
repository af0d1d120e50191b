package io.datalifecycle.dlt.connector;

import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.ConnectorSource;
import io.datalifecycle.dlt.spi.ConnectorType.Opening;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files of a directory, the oldest first. A file is known by its path, its size and a hash of its beginning; one that has changed is
 * another file. What was read is marked beside the position, so a file that could not be moved before the process died is only moved.
 */
final class FileSource implements ConnectorSource {

    private static final int DEEPEST = 8;
    private static final int HEAD = 4096;
    private static final byte[] DONE = {1};
    private static final byte[] GONE = {};

    private final FileOptions options;
    private final Roots roots;
    private final Opening opening;
    private final PathMatcher matcher;
    private final Deque<Candidate> waiting = new ArrayDeque<>();
    private final Map<String, byte[]> forgettable = new LinkedHashMap<>();
    private final Map<String, Candidate> handed = new HashMap<>();
    private boolean looked;

    /** Opens nothing yet. */
    public FileSource(FileOptions options, Roots roots, Opening opening) {
        this.options = options;
        this.roots = roots;
        this.opening = opening;
        this.matcher = FileSystems.getDefault().getPathMatcher("glob:" + options.pattern());
    }

    /** A file as it was seen. */
    private record Candidate(Path path, String id, Instant changed) {}

    @Override
    public Optional<Piece> poll(Positions positions, Duration patience) {
        if (waiting.isEmpty()) {
            if (looked) { // once a run, so that a run ends
                looked = false;
                return Optional.empty();
            }
            waiting.addAll(unread(positions));
            looked = true;
        }
        while (!waiting.isEmpty()) {
            Candidate file = waiting.remove();
            Optional<Rows> rows = Files.isRegularFile(file.path) ? options.rows(file.path) : Optional.empty();
            if (rows.isPresent()) {
                Map<String, byte[]> marks = new LinkedHashMap<>(forgettable);
                forgettable.clear();
                marks.put(file.id, DONE);
                handed.put(file.id, file);
                String next = file.id + "@" + file.changed.toEpochMilli();
                return Optional.of(new Piece("", file.id, rows.get(), next, marks, false));
            }
        }
        looked = false;
        return Optional.empty();
    }

    /** Files that are not marked; those that are, but still lie there, are put away. */
    private List<Candidate> unread(Positions positions) {
        Set<String> marks =
                positions.of("").map(Checkpoint.Saved::state).orElse(Map.of()).keySet();
        List<Candidate> files = new ArrayList<>();
        for (Candidate file : list()) {
            if (!marks.contains(file.id)) {
                files.add(file);
            } else if (!options.then().equals("keep")) {
                putAway(file, Outcome.READ);
            }
        }
        return files;
    }

    private List<Candidate> list() {
        Path directory = roots.directory(options.directory(), opening.connector());
        if (!Files.isDirectory(directory)) {
            throw new DltException(
                    ProblemCode.CONNECTOR_FAILED,
                    "connector " + opening.connector() + ": there is no directory " + directory
                            + "; make it or change path");
        }
        List<Candidate> files = new ArrayList<>();
        int depth = options.pattern().contains("**")
                ? DEEPEST
                : (int) options.pattern().chars().filter(c -> c == '/').count() + 1;
        try (Stream<Path> all = Files.walk(directory, depth)) {
            for (Path path : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                if (isMeant(directory, path) && roots.allows(path)) {
                    candidate(path).ifPresent(files::add);
                }
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new DltException(
                    ProblemCode.CONNECTOR_FAILED,
                    "connector " + opening.connector() + ": " + directory
                            + " cannot be listed; check the process's rights",
                    e);
        }
        files.sort(Comparator.comparing(Candidate::changed).thenComparing(file -> file.path));
        return files;
    }

    private boolean isMeant(Path directory, Path path) {
        Path below = directory.relativize(path);
        String name = path.getFileName().toString();
        boolean put = below.startsWith(options.done()) || below.startsWith(options.failed());
        boolean unfinished =
                name.startsWith(".") || name.endsWith("~") || name.matches("(?i).*\\.(tmp|part|crdownload|filepart)");
        return !put && !unfinished && matcher.matches(below);
    }

    /** Empty while the file was changed a moment ago: somebody may still be writing it. */
    private Optional<Candidate> candidate(Path path) {
        try {
            Instant changed = Files.getLastModifiedTime(path).toInstant();
            Duration still =
                    Duration.between(changed, opening.clock().instant()).abs();
            if (still.compareTo(options.settle()) < 0) {
                return Optional.empty();
            }
            return Optional.of(new Candidate(path, id(path), changed));
        } catch (IOException vanished) {
            return Optional.empty();
        }
    }

    private String id(Path path) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(HEAD);
        }
        String name = relative(path);
        String shown = name.length() > 400 ? name.substring(name.length() - 400) : name;
        return shown + "@" + Files.size(path) + "@" + hash(name, head);
    }

    private static String hash(String name, byte[] head) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(head), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }

    private String relative(Path path) {
        return options.directory()
                .toAbsolutePath()
                .normalize()
                .relativize(path.toAbsolutePath().normalize())
                .toString();
    }

    @Override
    public void settled(Piece piece, Outcome outcome) {
        Candidate file = handed.remove(piece.id());
        if (file != null && !(options.then().equals("keep"))) {
            putAway(file, outcome);
        }
    }

    private void putAway(Candidate file, Outcome outcome) {
        try {
            if (!outcome.readable()) {
                Path target = free(options.failed(), file.path);
                Files.move(file.path, target);
                Files.writeString(target.resolveSibling(target.getFileName() + ".reason.txt"), outcome.reason() + "\n");
            } else if (options.then().equals("delete")) {
                Files.deleteIfExists(file.path);
            } else {
                Files.move(file.path, free(options.done(), file.path));
            }
            forgettable.put(file.id, GONE);
        } catch (IOException e) {
            throw new DltException(
                    ProblemCode.CONNECTOR_FAILED,
                    "connector " + opening.connector() + ": " + relative(file.path) + " is in but cannot be put away ("
                            + e.getClass().getSimpleName() + "); check the process's rights on the directory",
                    e);
        }
    }

    /** A path in a directory beside the files that no file has yet. */
    private Path free(String directory, Path file) throws IOException {
        Path base = options.directory().toAbsolutePath().normalize().resolve(directory);
        Path target = base.resolve(relative(file));
        if (target.getParent() != null) {
            Files.createDirectories(target.getParent());
        }
        String name = target.getFileName().toString();
        for (int i = 1; Files.exists(target); i++) {
            target = target.resolveSibling(name + "." + i);
        }
        return target;
    }

    @Override
    public Optional<Lag> lag(Positions positions) {
        Set<String> marks =
                positions.of("").map(Checkpoint.Saved::state).orElse(Map.of()).keySet();
        List<Candidate> files =
                list().stream().filter(file -> !marks.contains(file.id)).toList();
        Optional<Duration> age = files.stream()
                .findFirst()
                .map(file -> Duration.between(file.changed, opening.clock().instant()));
        return Optional.of(new Lag(files.size(), "files", age.filter(span -> !span.isNegative())));
    }

    @Override
    public void close() {
        waiting.clear();
    }
}
