package io.datalifecycle.dlt.ml.forest;

import io.datalifecycle.dlt.ml.codec.Cursor;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A trained model: options and one asset's bytes per key. Immutable by convention.
 *
 * @param options as trained
 * @param features how many
 * @param assets bytes of {@link ForestCodec} by key of the asset
 */
record ForestModel(ForestOptions options, int features, Map<String, byte[]> assets) {

    /** Name of the format. */
    static final String FORMAT = "dlt-forest-1";

    private static final int MAGIC = 0x444C5446;

    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Cursor cursor = Cursor.writing(out);
            cursor.integer(MAGIC);
            ForestOptions.exchange(cursor, options);
            cursor.integer(features);
            cursor.length(assets.size());
            for (Map.Entry<String, byte[]> asset : new TreeMap<>(assets).entrySet()) {
                cursor.text(asset.getKey());
                cursor.bytes(asset.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static ForestModel read(byte[] content) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            Cursor cursor = Cursor.reading(in);
            if (cursor.integer(0) != MAGIC) {
                throw new IOException("no model of this format");
            }
            ForestOptions options = ForestOptions.exchange(cursor, ForestOptions.BLANK);
            options.requirePossible();
            int features = cursor.integer(0);
            int count = cursor.length(0);
            Map<String, byte[]> assets = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                String key = Objects.requireNonNull(cursor.text(null), "asset");
                assets.put(key, Objects.requireNonNull(cursor.bytes(null), "forest"));
            }
            return new ForestModel(options, features, assets);
        } catch (IOException | RuntimeException e) {
            throw new DltException(
                    ProblemCode.MODEL_UNSAFE,
                    "the stored model is no random cut forest that can be read; train the model again",
                    e);
        }
    }
}
