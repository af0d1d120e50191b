package io.datalifecycle.dlt.testdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DataDirectoryTest {

    @Test
    void claimedDirectoriesDiffer() throws IOException {
        Path one = DataDirectory.claim();
        Path other = DataDirectory.claim();
        assertThat(one).isNotEqualTo(other).hasParentRaw(other.getParent());
    }

    @Test
    void abandonedDirectoryIsRemovedAndAHeldOneKept() throws IOException {
        Path held = Files.createDirectory(DataDirectory.claim());
        Path abandoned =
                Files.createDirectories(held.resolveSibling("abandoned/base")).getParent();
        // No process has this number: the largest that Linux gives is 2^22.
        Files.writeString(abandoned.resolve("postmaster.pid"), "99999999\n");
        Path lock = Files.createFile(held.resolveSibling("abandoned.lock"));

        DataDirectory.claim();

        assertThat(abandoned).doesNotExist();
        assertThat(lock).doesNotExist();
        assertThat(held).exists();
        Files.delete(held);
    }
}
