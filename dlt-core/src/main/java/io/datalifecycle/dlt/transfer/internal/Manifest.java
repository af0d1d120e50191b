package io.datalifecycle.dlt.transfer.internal;

import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Transfer.Part;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.transfer.Archive;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The table of contents of an archive. Immutable.
 *
 * @param format version of the layout, {@value #FORMAT}
 * @param dlt release that wrote it
 * @param workspace key of the workspace
 * @param exportedAt ISO instant
 * @param template key, version and hash
 * @param zone time zone of the workspace
 * @param files all but the manifest itself
 */
public record Manifest(
        int format,
        String dlt,
        String workspace,
        String exportedAt,
        TemplateId template,
        String zone,
        List<File> files) {

    /** The layout that this release writes and reads. */
    public static final int FORMAT = 1;

    static final String NAME = "manifest.json";
    static final String TEMPLATE = "template.yaml";
    static final String OVERLAY = "overlay.yaml";
    static final String PARAMETERS = "parameters.json";
    static final String MODELS = "models.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Manifest {
        files = List.copyOf(files);
    }

    /**
     * A file of the archive. Immutable.
     *
     * @param bytes its length
     * @param sha256 its hash, in hex
     * @param columns of CSV; empty for others
     * @param rows of CSV; 0 for others
     */
    public record File(String name, long bytes, String sha256, List<String> columns, long rows) {
        public File {
            columns = List.copyOf(columns);
        }

        boolean isPart() {
            return !columns.isEmpty();
        }

        Part part() {
            return new Part(name, columns, rows);
        }
    }

    byte[] json() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    /** Reads it; a newer layout is refused before anything else of it is looked at. */
    static Manifest read(byte[] json) {
        try {
            JsonNode tree = JSON.readTree(json);
            int format = tree.path("format").asInt(0);
            if (format < 1 || format > FORMAT) {
                throw invalid("it is of format " + format + ", written by release "
                        + tree.path("dlt").asString("unknown") + "; this release reads format " + FORMAT
                        + ", import it with that one");
            }
            return checked(JSON.treeToValue(tree, Manifest.class));
        } catch (JacksonException | NullPointerException e) {
            throw invalid(NAME + " cannot be read");
        }
    }

    private static Manifest checked(@Nullable Manifest manifest) {
        boolean whole = manifest != null
                && manifest.workspace != null
                && manifest.zone != null
                && manifest.exportedAt != null
                && manifest.template != null
                && manifest.template.key() != null
                && manifest.template.version() != null
                && manifest.template.hash() != null
                && manifest.files.stream().allMatch(file -> file.name() != null && file.sha256() != null);
        if (manifest == null || !whole) {
            throw invalid(NAME + " lacks what it must say");
        }
        try {
            Instant.parse(manifest.exportedAt);
            ZoneId.of(manifest.zone);
        } catch (DateTimeException e) {
            throw invalid(NAME + " names a time or a zone that does not exist");
        }
        return manifest;
    }

    /** What it tells people. */
    public Archive summary() {
        Map<String, Long> rows = new LinkedHashMap<>();
        files.stream().filter(file -> file.name().startsWith("data/")).forEach(file -> {
            String ref = file.name().substring("data/".length(), file.name().length() - ".csv".length());
            rows.put(ref.replaceFirst("\\.", ":"), file.rows());
        });
        int models = (int)
                files.stream().filter(file -> file.name().startsWith("models/")).count();
        return new Archive(
                workspace,
                template,
                Instant.parse(exportedAt),
                rows,
                models,
                files.stream().mapToLong(File::bytes).sum());
    }

    static InvalidInputException invalid(String what) {
        return new InvalidInputException(ProblemCode.ARCHIVE_INVALID, "archive: " + what + "; nothing was imported");
    }
}
