package io.datalifecycle.dlt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds test data that lies beside the repository and is no part of it. */
public final class SharedData {

    private SharedData() {}

    /** The file or folder {@code ../shared/data/<name>}, looked for upwards from here; empty when it is not there. */
    public static Optional<Path> find(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve("data").resolve(name);
            if (Files.exists(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
