package io.datalifecycle.dlt.transfer.internal;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ModelStore.Version;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.Transfer.Part;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Writes one archive. Not thread-safe. */
public final class ArchiveWriter {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ZipOutputStream zip;
    private final List<Manifest.File> files = new ArrayList<>();

    private ArchiveWriter(ZipOutputStream zip) {
        this.zip = zip;
    }

    /**
     * What an archive says beside its rows and models. Immutable.
     *
     * @param template the pinned version, without an overlay
     * @param canonical its canonical text
     * @param overlay canonical text of the overlay
     * @param parameters values given
     * @param release of this library
     */
    public record Head(
            WorkspaceContext workspace,
            TemplateId template,
            String canonical,
            Optional<String> overlay,
            Map<String, Object> parameters,
            Instant exportedAt,
            String release) {}

    /** Writes a workspace into a file, which takes its place when it is whole. */
    public static Manifest write(Storage storage, Head head, Path file) {
        Path place = file.toAbsolutePath();
        Path half = place.resolveSibling(place.getFileName() + ".part");
        try {
            try {
                Manifest manifest;
                try (ZipOutputStream zip =
                        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(half), 1 << 16))) {
                    manifest = new ArchiveWriter(zip).write(storage, head);
                }
                Files.move(half, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                return manifest;
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw new DltException(
                    ProblemCode.EXPORT_FAILED,
                    file + " cannot be written (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "); check the directory, its rights and its room",
                    e);
        }
    }

    private Manifest write(Storage storage, Head head) throws IOException {
        whole(Manifest.TEMPLATE, head.canonical().getBytes(StandardCharsets.UTF_8));
        if (head.overlay().isPresent()) {
            whole(Manifest.OVERLAY, head.overlay().get().getBytes(StandardCharsets.UTF_8));
        }
        whole(Manifest.PARAMETERS, JSON.writeValueAsBytes(head.parameters()));
        for (Part part : storage.transfer().dump(head.workspace(), this::open)) {
            files.replaceAll(known -> known.name().equals(part.name())
                    ? new Manifest.File(known.name(), known.bytes(), known.sha256(), part.columns(), part.rows())
                    : known);
        }
        List<Version> versions = new ArrayList<>();
        for (Model model : head.workspace().template().models()) {
            for (Version version : storage.models().versions(head.workspace(), model.key())) {
                whole(
                        modelFile(version),
                        storage.models().content(head.workspace(), version.model(), version.number()));
                versions.add(version);
            }
        }
        whole(Manifest.MODELS, JSON.writeValueAsBytes(versions));
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                head.release(),
                head.workspace().key(),
                head.exportedAt().toString(),
                head.template(),
                head.workspace().zone().getId(),
                files);
        zip.putNextEntry(new ZipEntry(Manifest.NAME));
        zip.write(manifest.json());
        zip.closeEntry();
        return manifest;
    }

    static String modelFile(Version version) {
        return "models/" + version.model() + "." + version.number() + ".bin";
    }

    private void whole(String name, byte[] content) throws IOException {
        try (OutputStream out = open(name)) {
            out.write(content);
        }
    }

    private OutputStream open(String name) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        return new Counted(name, sha256());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** An entry; closing it leaves the archive open. */
    private final class Counted extends FilterOutputStream {

        private final String name;
        private final MessageDigest digest;
        private long bytes;
        private boolean closed;

        Counted(String name, MessageDigest digest) {
            super(new DigestOutputStream(zip, digest));
            this.name = name;
            this.digest = digest;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] content, int from, int length) throws IOException {
            out.write(content, from, length);
            bytes += length;
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                zip.closeEntry();
                files.add(new Manifest.File(name, bytes, HexFormat.of().formatHex(digest.digest()), List.of(), 0));
            }
        }
    }
}
