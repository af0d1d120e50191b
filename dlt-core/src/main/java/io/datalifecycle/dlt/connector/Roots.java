package io.datalifecycle.dlt.connector;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The directories that templates may read from. Immutable. */
final class Roots {

    private final List<Path> roots;

    /** @param roots directories; one that is not there yet allows nothing */
    public Roots(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /** The directory itself, links resolved; refused when it is not below a root. */
    Path directory(Path directory, String connector) {
        Path normal = directory.toAbsolutePath().normalize();
        if (roots.stream()
                        .noneMatch(
                                root -> normal.startsWith(root.toAbsolutePath().normalize()))
                && !allows(normal)) {
            throw new DltException(
                    ProblemCode.CONNECTOR_FAILED,
                    "connector " + connector + ": its directory is not below those that the host allows; name it in"
                            + " FileConnector.below(…) or change path");
        }
        if (Files.isDirectory(normal) && !allows(normal)) {
            throw new DltException(
                    ProblemCode.CONNECTOR_FAILED,
                    "connector " + connector + ": its directory is a link that leads out of those the host allows");
        }
        return normal;
    }

    /** Whether a path lies below a root once all links are resolved. */
    boolean allows(Path path) {
        try {
            Path real = path.toRealPath();
            for (Path root : roots) {
                if (Files.isDirectory(root) && real.startsWith(root.toRealPath())) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
