package io.datalifecycle.dlt.transfer.internal;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ModelStore.Version;
import io.datalifecycle.dlt.spi.Transfer;
import io.datalifecycle.dlt.spi.Transfer.Part;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * One archive, opened and looked through: every file is there once, as long as the manifest says and with its hash, and nothing else is. Files are
 * read as streams and never written to a place that the archive names. Not thread-safe.
 */
public final class ArchiveReader implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern NAME = Pattern.compile("([a-z0-9_]+/)?[a-z0-9_]+(\\.[a-z0-9_]+){1,3}");

    /** Of files that are held in memory; rows and models are not among them. */
    private static final int MOST_TEXT = 64 << 20;

    private final ZipFile zip;
    private final Manifest manifest;

    private ArchiveReader(ZipFile zip, Manifest manifest) {
        this.zip = zip;
        this.manifest = manifest;
    }

    /** Opens and verifies it all; throws {@code ARCHIVE_INVALID} for whatever is wrong and {@code SOURCE_UNREADABLE} when there is no such file. */
    public static ArchiveReader open(Path file) {
        try {
            ZipFile zip = new ZipFile(file.toFile());
            boolean sound = false;
            try {
                Manifest manifest = manifest(zip);
                verify(zip, manifest);
                sound = true;
                return new ArchiveReader(zip, manifest);
            } finally {
                if (!sound) {
                    zip.close();
                }
            }
        } catch (ZipException e) {
            throw Manifest.invalid(file + " is no whole ZIP file (" + e.getMessage() + ")");
        } catch (NoSuchFileException | java.io.FileNotFoundException e) {
            throw new DltException(ProblemCode.SOURCE_UNREADABLE, file + " does not exist; check the path", e);
        } catch (IOException e) {
            throw Manifest.invalid(file + " cannot be read (" + e.getMessage() + ")");
        }
    }

    private static Manifest manifest(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(Manifest.NAME);
        if (entry == null) {
            throw Manifest.invalid(Manifest.NAME + " is missing");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] json = in.readNBytes(MOST_TEXT + 1);
            if (json.length > MOST_TEXT) {
                throw Manifest.invalid(Manifest.NAME + " is larger than any that was written");
            }
            return Manifest.read(json);
        }
    }

    private static void verify(ZipFile zip, Manifest manifest) throws IOException {
        Set<String> there = new HashSet<>();
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            String name = entries.nextElement().getName();
            if (!NAME.matcher(name).matches()) {
                throw Manifest.invalid("a file has the name " + printable(name) + ", which none that was written has");
            }
            if (!there.add(name)) {
                throw Manifest.invalid(name + " is in it twice");
            }
        }
        there.remove(Manifest.NAME);
        Set<String> listed = new HashSet<>();
        for (Manifest.File file : manifest.files()) {
            if (!listed.add(file.name()) || !there.contains(file.name())) {
                throw Manifest.invalid(
                        printable(file.name()) + (there.contains(file.name()) ? " is listed twice" : " is missing"));
            }
            verify(zip, file);
        }
        there.removeAll(listed);
        if (!there.isEmpty()) {
            throw Manifest.invalid(there.iterator().next() + " is not listed in " + Manifest.NAME);
        }
    }

    private static void verify(ZipFile zip, Manifest.File file) throws IOException {
        MessageDigest digest = ArchiveWriter.sha256();
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        try (InputStream in = zip.getInputStream(zip.getEntry(file.name()))) {
            // no further than it may be long: what unpacks to more is no archive of ours
            for (int read = in.read(buffer); read > 0 && bytes <= file.bytes(); read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
            }
        }
        if (bytes != file.bytes() || !HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
            throw Manifest.invalid(file.name() + " does not have the hash that " + Manifest.NAME + " says");
        }
    }

    public Manifest manifest() {
        return manifest;
    }

    /** Canonical text of the template. */
    public String template() {
        return text(Manifest.TEMPLATE).orElseThrow(() -> Manifest.invalid(Manifest.TEMPLATE + " is missing"));
    }

    /** Canonical text of the overlay; empty when it had none. */
    public Optional<String> overlay() {
        return text(Manifest.OVERLAY);
    }

    /** Values given for parameters. */
    public Map<String, Object> parameters() {
        Map<String, Object> values =
                new LinkedHashMap<>(json(Manifest.PARAMETERS, new TypeReference<Map<String, Object>>() {}));
        values.replaceAll((key, value) -> value instanceof Integer number ? (Object) number.longValue() : value);
        return values;
    }

    /** Loads all rows and models into a workspace that was just provisioned. */
    public void load(Transfer transfer, WorkspaceContext workspace) {
        List<Part> parts = manifest.files().stream()
                .filter(Manifest.File::isPart)
                .map(Manifest.File::part)
                .toList();
        transfer.load(workspace, parts, this::stream);
        Map<String, Manifest.File> files =
                manifest.files().stream().collect(Collectors.toMap(Manifest.File::name, Function.identity()));
        for (Version version : json(Manifest.MODELS, new TypeReference<List<Version>>() {})) {
            String name = ArchiveWriter.modelFile(version);
            if (!files.containsKey(name)) {
                throw Manifest.invalid(name + " is missing");
            }
            transfer.restore(workspace, version, content(name));
        }
    }

    private InputStream stream(String name) throws IOException {
        return zip.getInputStream(zip.getEntry(name));
    }

    private byte[] content(String name) {
        try (InputStream in = stream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw Manifest.invalid(name + " cannot be read");
        }
    }

    private Optional<String> text(String name) {
        Optional<Manifest.File> file =
                manifest.files().stream().filter(f -> f.name().equals(name)).findFirst();
        if (file.isPresent() && file.get().bytes() > MOST_TEXT) {
            throw Manifest.invalid(name + " is larger than any that was written");
        }
        return file.map(f -> new String(content(f.name()), StandardCharsets.UTF_8));
    }

    private <T> T json(String name, TypeReference<T> type) {
        String text = text(name).orElseThrow(() -> Manifest.invalid(name + " is missing"));
        try {
            return JSON.readValue(text, type);
        } catch (JacksonException e) {
            throw Manifest.invalid(name + " cannot be read");
        }
    }

    private static String printable(String name) {
        String text = name.replaceAll("[^ -~]", "?");
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new DltException(ProblemCode.SOURCE_UNREADABLE, "the archive cannot be closed", e);
        }
    }
}
