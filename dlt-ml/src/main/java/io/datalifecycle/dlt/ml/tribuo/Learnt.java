package io.datalifecycle.dlt.ml.tribuo;

import com.google.protobuf.InvalidProtocolBufferException;
import io.datalifecycle.dlt.ml.codec.Cursor;
import io.datalifecycle.dlt.ml.codec.SafeModelReader;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * A library's model with what it needs around it. Inside, features are f0, f1, … and classes c0, c1, …, so that the protobuf holds no
 * text of users and every name in it can be checked. Immutable.
 *
 * @param algorithm that made it
 * @param labels names of the classes, empty for regression
 * @param inputs scaling of the features
 * @param target scaling of the number to predict
 * @param model the library's
 */
record Learnt(Algorithm algorithm, List<String> labels, Standard inputs, Standard target, Model<?> model) {

    /** Name of the format. */
    static final String FORMAT = "dlt-tribuo-1";

    private static final int MAGIC = 0x444C5454;
    private static final String TARGET = "y";
    private static final OffsetDateTime NO_TIME = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    static Learnt learn(Algorithm algorithm, Recipe recipe, Samples samples) {
        int features = samples.inputs().get(0).length;
        boolean linear = Recipe.isLinear(algorithm);
        Standard inputs = linear ? Standard.of(samples.inputs()) : Standard.none(features);
        if (algorithm.isClassification()) {
            MutableDataset<Label> data = data(new LabelFactory());
            for (int i = 0; i < samples.size(); i++) {
                data.add(example(
                        new Label("c" + (int) samples.targets()[i]),
                        inputs.apply(samples.inputs().get(i))));
            }
            Model<Label> model = recipe.classification(algorithm).train(data);
            return new Learnt(algorithm, samples.labels(), inputs, Standard.none(1), model);
        }
        List<double[]> numbers = new ArrayList<>();
        for (double number : samples.targets()) {
            numbers.add(new double[] {number});
        }
        Standard target = linear ? Standard.of(numbers) : Standard.none(1);
        MutableDataset<Regressor> data = data(new RegressionFactory());
        for (int i = 0; i < samples.size(); i++) {
            Regressor wanted = new Regressor(TARGET, target.apply(numbers.get(i))[0]);
            data.add(example(wanted, inputs.apply(samples.inputs().get(i))));
        }
        Model<Regressor> model = recipe.regression(algorithm).train(data);
        return new Learnt(algorithm, List.of(), inputs, target, model);
    }

    /** The number predicted for a row. */
    double number(double[] row) {
        Prediction<?> prediction = predict(new Regressor(TARGET, Double.NaN), row);
        Regressor regressor = (Regressor) prediction.getOutput();
        return regressor.getValues()[0] * target.deviation()[0] + target.mean()[0];
    }

    /** The probability of each class for a row, in the order of the labels. */
    double[] probabilities(double[] row) {
        Prediction<?> prediction = predict(new Label("c0"), row);
        double[] probabilities = new double[labels.size()];
        prediction.getOutputScores().forEach((name, output) -> {
            int label = Integer.parseInt(name.substring(1));
            probabilities[label] = ((Label) output).getScore();
        });
        return probabilities;
    }

    @SuppressWarnings("unchecked")
    private <T extends Output<T>> Prediction<T> predict(T blank, double[] row) {
        return ((Model<T>) model).predict(example(blank, inputs.apply(row)));
    }

    private static <T extends Output<T>> Example<T> example(T output, double[] row) {
        String[] names = new String[row.length];
        for (int f = 0; f < row.length; f++) {
            names[f] = "f" + f;
        }
        return new ArrayExample<>(output, names, row);
    }

    private static <T extends Output<T>> MutableDataset<T> data(OutputFactory<T> outputs) {
        return new MutableDataset<>(new SimpleDataSourceProvenance("rows", NO_TIME, outputs), outputs);
    }

    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Cursor cursor = Cursor.writing(out);
            cursor.integer(MAGIC);
            cursor.text(algorithm.label());
            cursor.length(labels.size());
            for (String label : labels) {
                cursor.text(label);
            }
            cursor.reals(inputs.mean());
            cursor.reals(inputs.deviation());
            cursor.reals(target.mean());
            cursor.reals(target.deviation());
            cursor.bytes(model.serialize().toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Throws {@code MODEL_UNSAFE} for bytes that are no such model or name what must not be loaded. */
    static Learnt read(byte[] content) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            Cursor cursor = Cursor.reading(in);
            if (cursor.integer(0) != MAGIC) {
                throw new IOException("no model of this format");
            }
            Algorithm algorithm = Algorithm.of(Objects.requireNonNull(cursor.text(null)));
            int count = cursor.length(0);
            List<String> labels = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                labels.add(Objects.requireNonNull(cursor.text(null)));
            }
            Standard inputs = standard(cursor);
            Standard target = standard(cursor);
            byte[] model = Objects.requireNonNull(cursor.bytes(null));
            return new Learnt(
                    algorithm, List.copyOf(labels), inputs, target, SafeModelReader.read(model, Learnt::deserialize));
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            throw new DltException(
                    ProblemCode.MODEL_UNSAFE, "the stored model cannot be read; train the model again", e);
        }
    }

    private static Model<?> deserialize(byte[] checked) {
        try {
            return Model.deserialize(ModelProto.parseFrom(checked));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("model: no message of this kind", e);
        }
    }

    private static Standard standard(Cursor cursor) throws IOException {
        double[] mean = Objects.requireNonNull(cursor.reals(null));
        double[] deviation = Objects.requireNonNull(cursor.reals(null));
        if (mean.length != deviation.length) {
            throw new IOException("scaling");
        }
        return new Standard(mean, deviation);
    }
}
