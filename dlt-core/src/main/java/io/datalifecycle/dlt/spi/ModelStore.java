package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Versions of trained models. Thread-safe. */
public interface ModelStore {

    /** Adds a version, numbered from 1 per model. */
    Version save(WorkspaceContext workspace, Draft draft);

    /** All versions of a model, the first first. */
    List<Version> versions(WorkspaceContext workspace, String model);

    /** The version in use; empty before the first promotion. */
    Optional<Version> champion(WorkspaceContext workspace, String model);

    /** Puts a version into use. */
    void promote(WorkspaceContext workspace, String model, int version);

    /** The bytes of a version; throws {@code MODEL_UNSAFE} when they do not match the hash. */
    byte[] content(WorkspaceContext workspace, String model, int version);

    /**
     * A version to be. Immutable by convention.
     *
     * @param signature input columns in order, then outputs, as JSON
     * @param provenance what it was trained on: template version, span, rows, seed, options, trainer
     */
    record Draft(
            String model,
            String algorithm,
            String format,
            byte[] content,
            String signature,
            Map<String, Double> metrics,
            Map<String, String> provenance) {
        public Draft {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
            provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
        }
    }

    /**
     * A version as it is kept. Immutable.
     *
     * @param number from 1
     * @param sha256 of the content, hex
     */
    record Version(
            String model,
            int number,
            String algorithm,
            String format,
            String sha256,
            String signature,
            Map<String, Double> metrics,
            Map<String, String> provenance,
            Instant trainedAt,
            boolean champion) {
        public Version {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
            provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
        }

        /** The same version, in use or not. */
        public Version inUse(boolean inUse) {
            return new Version(
                    model, number, algorithm, format, sha256, signature, metrics, provenance, trainedAt, inUse);
        }
    }
}
