package io.datalifecycle.dlt.testdb;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an embedded server keeps its data: in memory where there is enough of it. A JVM that was killed leaves its directory
 * and its server behind; the next one finds them by the lock that nobody holds any more, and removes both.
 */
final class DataDirectory {

    private static final String SUFFIX = ".lock";

    private static final long ENOUGH_BYTES = 1L << 30;

    /** Held until the JVM ends; a lock of the operating system's, so it ends with the process however that dies. */
    private static final List<FileLock> HELD = new ArrayList<>();

    private DataDirectory() {}

    static synchronized Path claim() throws IOException {
        Path parent = parent().resolve("dlt-pg-" + System.getProperty("user.name"));
        Files.createDirectories(parent);
        // One at a time over all JVMs: between making a lock file and locking it, it looks abandoned.
        try (FileChannel guard = FileChannel.open(parent.resolve("guard"), CREATE, WRITE);
                FileLock turn = guard.lock()) {
            assert turn.isValid();
            removeAbandoned(parent);
            Path directory = parent.resolve(UUID.randomUUID().toString());
            FileLock lock = lock(parent.resolve(directory.getFileName() + SUFFIX));
            if (lock == null) {
                throw new IOException("cannot lock a fresh data directory in " + parent);
            }
            HELD.add(lock);
            return directory;
        }
    }

    private static Path parent() throws IOException {
        Path memory = Path.of("/dev/shm");
        boolean usable = Files.isWritable(memory) && Files.getFileStore(memory).getUsableSpace() >= ENOUGH_BYTES;
        return usable ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void removeAbandoned(Path parent) throws IOException {
        List<Path> locks;
        try (Stream<Path> entries = Files.list(parent)) {
            locks = entries.filter(p -> p.toString().endsWith(SUFFIX)).toList();
        }
        for (Path file : locks) {
            FileLock lock = lock(file);
            if (lock != null) {
                try (FileChannel channel = lock.channel()) {
                    remove(parent.resolve(file.getFileName().toString().replace(SUFFIX, "")));
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static @Nullable FileLock lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, CREATE, WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Ours: another server of this JVM.
        }
        if (lock == null) {
            channel.close();
        }
        return lock;
    }

    private static void remove(Path directory) {
        try {
            postmaster(directory).ifPresent(process -> {
                process.destroy();
                process.onExit()
                        .orTimeout(10, TimeUnit.SECONDS)
                        .exceptionally(e -> process)
                        .join();
            });
            if (Files.exists(directory)) {
                try (Stream<Path> tree = Files.walk(directory)) {
                    for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(path);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove what a killed test run left: " + directory, e);
        }
    }

    /** The server that still runs on an abandoned directory; recognised by its command line, not by a number alone. */
    private static Optional<ProcessHandle> postmaster(Path directory) throws IOException {
        Path pidFile = directory.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        String pid = Files.readAllLines(pidFile).get(0).trim();
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(p -> p.info().commandLine().orElse("").contains(directory.toString()));
    }
}
