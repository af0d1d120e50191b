package io.datalifecycle.dlt.storage.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.transfer.Archive;
import io.datalifecycle.dlt.workspace.WorkspaceState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives go into another database whole, or not at all. */
class ArchiveIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant START = Instant.parse("2026-02-20T00:00:00Z");
    private static final Instant END = Instant.parse("2026-02-23T03:10:00Z");

    @TempDir
    Path folder;

    private Path exported(TransferHouse house) {
        Workspace north = house.provision("north");
        house.ingest(north, START, END);
        house.refresh(north);
        house.score(north, START, END);
        house.train(north, true, "one");
        house.train(north, false, "two");
        Path file = folder.resolve("north.zip");
        Archive archive = house.dlt.workspaces().export("north", file);
        assertThat(archive.rows())
                .containsEntry("datastore:raw", house.count(north, "raw"))
                .containsEntry("featurestore:hourly", house.count(north, "hourly"))
                .hasSize(5);
        assertThat(archive.models()).isEqualTo(2);
        return file;
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whatWasExportedIsTheSameInAnotherDatabase(Backend backend) {
        Backend other = TestDatabase.available().stream()
                .filter(b -> b != backend)
                .findFirst()
                .orElse(backend);
        try (TransferHouse here = new TransferHouse(backend, END);
                TransferHouse there = new TransferHouse(other, END)) {
            Path file = exported(here);
            Workspace north = here.dlt.workspaces().workspace("north");
            Workspace south = there.dlt.workspaces().importFrom(file, "south", i -> i.suspended());
            assertThat(there.everything(south))
                    .isEqualTo(here.everything(north))
                    .hasSizeGreaterThan(300);
            assertThat(TransferHouse.metrics(south)).isEqualTo(TransferHouse.metrics(north));
            assertThat(there.refresh(south)).as("all is done already").isZero();
            assertThat(south.templateId()).isEqualTo(north.templateId());
            assertThat(south.zone()).isEqualTo(north.zone());
            assertThat(south.state()).isEqualTo(WorkspaceState.SUSPENDED);
            assertThat(there.storage.models().versions(there.context(south), "odd"))
                    .isEqualTo(here.storage.models().versions(here.context(north), "odd"));
            assertThat(there.storage.models().content(there.context(south), "odd", 1))
                    .isEqualTo("one".getBytes(StandardCharsets.UTF_8));

            south.activate();
            there.ingest(south, END, END.plusSeconds(9_000));
            assertThat(there.refresh(south)).isPositive();
            Workspace again = there.dlt.workspaces().importFrom(file, "south-2", i -> i.param("limit", 1));
            assertThat(again.featurestore("high").refresh().intervals()).isNotEmpty();
            assertThatThrownBy(() -> there.dlt.workspaces().importFrom(file, "south"))
                    .isInstanceOf(ConflictException.class);
        }
    }

    @Test
    void whatIsBrokenChangedOrNewerIsRefusedAndNothingIsImported() throws IOException {
        try (TransferHouse house = new TransferHouse(Backend.PLAIN, END)) {
            Path file = exported(house);
            refused(
                    house,
                    edited(file, files -> files.put("data/datastore.raw.csv", "ts\n".getBytes(StandardCharsets.UTF_8))),
                    "data/datastore.raw.csv does not have the hash");
            refused(
                    house,
                    edited(file, files -> files.remove("history/featurestore.hourly.csv")),
                    "history/featurestore.hourly.csv is missing");
            refused(house, edited(file, files -> files.remove("manifest.json")), "manifest.json is missing");
            refused(house, edited(file, files -> files.put("more.txt", new byte[0])), "more.txt is not listed");
            refused(house, edited(file, files -> files.put("../../etc/passwd", new byte[0])), "../../etc/passwd");
            refused(house, manifest(file, "\"format\" : 1", "\"format\" : 2"), "of format 2, written by release");
            refused(
                    house,
                    manifest(
                            file,
                            "\"rows\" : "
                                    + house.texts("SELECT count(*) FROM raw_wid1")
                                            .get(0),
                            "\"rows\" : 7"),
                    "its manifest says 7");
            refused(house, manifest(file, "\"counter\"", "\"countre\""), "has the columns");
            refused(house, manifest(file, "America/Chicago", "America/Chikago"), "a zone that does not exist");
            refused(house, manifest(file, "\"1.0.0\"", "\"1.0.1\""), "its template is not the plant:1.0.1");
            Path cut = folder.resolve("cut.zip");
            byte[] whole = Files.readAllBytes(file);
            Files.write(cut, java.util.Arrays.copyOf(whole, whole.length / 2));
            refused(house, cut, "is no whole ZIP file");
            assertThatThrownBy(() -> house.dlt.workspaces().importFrom(folder.resolve("none.zip"), "copy"))
                    .isInstanceOf(DltException.class)
                    .hasMessageContaining("does not exist");
            assertThat(house.dlt.workspaces().list()).hasSize(1);
            assertThat(house.texts(
                            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relname ~ '_wid[2-9]'"))
                    .isEmpty();
        }
    }

    private static void refused(TransferHouse house, Path file, String why) {
        assertThatThrownBy(() -> house.dlt.workspaces().importFrom(file, "copy"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(why)
                .extracting(e -> ((DltException) e).code())
                .isEqualTo(ProblemCode.ARCHIVE_INVALID);
        assertThat(house.dlt.workspaces().find("copy")).isEmpty();
    }

    private Path manifest(Path file, String what, String instead) throws IOException {
        return edited(file, files -> {
            String text = new String(files.get("manifest.json"), StandardCharsets.UTF_8);
            assertThat(text).contains(what);
            files.put("manifest.json", text.replace(what, instead).getBytes(StandardCharsets.UTF_8));
        });
    }

    private Path edited(Path file, Consumer<Map<String, byte[]>> edit) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        edit.accept(files);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return Files.write(Files.createTempFile(folder, "edited", ".zip"), bytes.toByteArray());
    }
}
