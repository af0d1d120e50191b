package io.datalifecycle.dlt.ml.forest;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.state.RandomCutForestMapper;
import com.amazon.randomcutforest.state.RandomCutForestState;
import io.datalifecycle.dlt.ml.codec.Cursor;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An asset as bytes: deflated fields in a fixed order, no class names, so that reading can create nothing but numbers. A restored
 * forest goes on with exactly the scores the saved one would have given.
 */
final class ForestCodec {

    private static final int COLD = 0;
    private static final int WARM = 1;
    private static final int WARM_FOREST_IN_MODEL = 2;

    private ForestCodec() {}

    /** @param whole whether to write the forest even when the model has the same one */
    static byte[] write(AssetForest asset, boolean whole) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new DeflaterOutputStream(bytes, deflater), 8_192))) {
            Cursor cursor = Cursor.writing(out);
            cursor.big(asset.learntUpTo);
            AssetForest.Warm warm = asset.warm;
            if (warm == null) {
                cursor.integer(COLD);
                cursor.length(asset.waiting.size());
                for (double[] row : asset.waiting) {
                    cursor.reals(row);
                }
            } else {
                boolean forest = whole || asset.ownForest;
                cursor.integer(forest ? WARM : WARM_FOREST_IN_MODEL);
                writeWarm(cursor, warm, forest);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static void writeWarm(Cursor cursor, AssetForest.Warm warm, boolean forest) throws IOException {
        cursor.reals(warm.scaling.middle());
        cursor.reals(warm.scaling.low());
        cursor.reals(warm.scaling.high());
        cursor.real(warm.threshold);
        cursor.singles(warm.shingle);
        cursor.integer(warm.filled);
        if (forest) {
            StateFields.forest(cursor, mapper().toState(warm.forest));
        }
    }

    /**
     * Reads into an asset that is still empty; the forest, where the bytes leave it out, is that of the stored model. Throws {@code MODEL_UNSAFE} for bytes that are no asset of this shape.
     */
    static void read(byte[] bytes, AssetForest asset, Supplier<AssetForest> inModel) {
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)), 8_192))) {
            Cursor cursor = Cursor.reading(in);
            asset.learntUpTo = cursor.big(0);
            int kind = cursor.integer(0);
            if (kind == COLD) {
                readWaiting(cursor, asset);
            } else if (kind == WARM || kind == WARM_FOREST_IN_MODEL) {
                AssetForest.Warm trained = kind == WARM ? null : inModel.get().warm;
                require(kind == WARM || trained != null, "forest");
                asset.warm = readWarm(cursor, asset, trained);
                asset.ownForest = kind == WARM;
            } else {
                throw new IOException("kind " + kind);
            }
        } catch (IOException | RuntimeException e) {
            throw new DltException(
                    ProblemCode.MODEL_UNSAFE,
                    "a random cut forest of the stored model or its state cannot be read; train the model again",
                    e);
        }
    }

    private static void readWaiting(Cursor cursor, AssetForest asset) throws IOException {
        int count = cursor.length(0);
        require(count < asset.options.warmUp(), "rows");
        for (int i = 0; i < count; i++) {
            asset.waiting.add(sized(cursor.reals(null), asset.features));
        }
    }

    private static AssetForest.Warm readWarm(Cursor cursor, AssetForest asset, AssetForest.@Nullable Warm trained)
            throws IOException {
        int features = asset.features;
        Scaling scaling = new Scaling(
                sized(cursor.reals(null), features),
                sized(cursor.reals(null), features),
                sized(cursor.reals(null), features));
        double threshold = cursor.real(0);
        float[] shingle = Objects.requireNonNull(cursor.singles(null), "shingle");
        require(shingle.length == features * asset.options.shingle(), "shingle");
        int filled = cursor.integer(0);
        require(filled >= 0 && filled <= asset.options.shingle(), "shingle");
        RandomCutForest forest;
        if (trained != null) {
            forest = trained.forest;
        } else {
            RandomCutForestState state = new RandomCutForestState();
            StateFields.forest(cursor, state);
            require(state.getDimensions() == shingle.length, "dimensions");
            forest = mapper().toModel(state);
        }
        return new AssetForest.Warm(scaling, threshold, forest, shingle, filled);
    }

    private static double[] sized(double @Nullable [] values, int size) throws IOException {
        if (values == null || values.length != size) {
            throw new IOException("values");
        }
        return values;
    }

    private static void require(boolean condition, String what) throws IOException {
        if (!condition) {
            throw new IOException(what);
        }
    }

    private static RandomCutForestMapper mapper() {
        RandomCutForestMapper mapper = new RandomCutForestMapper();
        mapper.setSaveTreeStateEnabled(true); // rebuilt trees would be cut anew and score differently
        mapper.setSaveExecutorContextEnabled(true);
        mapper.setSaveCoordinatorStateEnabled(true);
        mapper.setSaveSamplerStateEnabled(true);
        mapper.setPartialTreeStateEnabled(false);
        return mapper;
    }
}
