package io.datalifecycle.dlt.ml.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.impl.ArrayExample;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.rtree.CARTRegressionTrainer;

final class SafeModelReaderTest {

    private static final ModelProto HONEST = model().serialize();

    /** Loading this class would be noticed. */
    static final class Trap {
        static {
            System.setProperty("dlt.test.trap", "sprung");
        }
    }

    @Test
    void honestModelIsRead() {
        assertThat(read(HONEST.toByteArray())).isInstanceOf(Model.class);
    }

    @Test
    void foreignModelClassIsRefusedAndNotLoaded() {
        ModelProto doctored =
                HONEST.toBuilder().setClassName(Trap.class.getName()).build();

        assertUnsafe(doctored.toByteArray(), "names the class", "SafeModelReaderTest$Trap");
        assertThat(System.getProperty("dlt.test.trap")).isNull();
    }

    @Test
    void foreignClassDeepInsideIsRefusedAndNotLoaded() {
        String allowed = "org.tribuo.ImmutableFeatureMap";
        String foreign = Trap.class.getName();

        assertUnsafe(replaceNested(HONEST, allowed, foreign).toByteArray(), foreign);
        assertThat(System.getProperty("dlt.test.trap")).isNull();
    }

    @Test
    void foreignMessageTypeIsRefused() {
        Any foreign = Any.newBuilder()
                .setTypeUrl("type.googleapis.com/evil.Message")
                .setValue(ByteString.EMPTY)
                .build();

        assertUnsafe(HONEST.toBuilder().setSerializedData(foreign).build().toByteArray(), "evil.Message");
    }

    @Test
    void arrayNamesAndSlashesDoNotHideAClass() {
        assertUnsafe(
                HONEST.toBuilder().setClassName("[Ljava.lang.Runtime;").build().toByteArray(), "java.lang.Runtime");
        assertUnsafe(
                HONEST.toBuilder().setClassName("java.lang/Runtime").build().toByteArray(), "java.lang/Runtime");
    }

    @Test
    void whatIsNoModelIsRefused() {
        assertUnsafe("no protobuf at all".getBytes(StandardCharsets.UTF_8), "no protobuf");
        assertUnsafe(new byte[0], "cannot be read");
        byte[] cut = HONEST.toByteArray();
        assertUnsafe(java.util.Arrays.copyOf(cut, cut.length - 5), "no protobuf");
    }

    @Test
    void javaSerializationIsRefused() throws Exception {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (java.io.ObjectOutputStream out = new java.io.ObjectOutputStream(bytes)) {
            out.writeObject(model());
        }

        assertUnsafe(bytes.toByteArray(), "no protobuf");
    }

    private static Model<?> read(byte[] content) {
        return SafeModelReader.read(content, bytes -> {
            try {
                return Model.deserialize(ModelProto.parseFrom(bytes));
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    private static void assertUnsafe(byte[] content, String... words) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOfSatisfying(
                        DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.MODEL_UNSAFE))
                .hasMessageContainingAll(words);
    }

    /** Swaps a name inside the nested bytes for one of another length, mending the lengths around it by going through the messages. */
    private static ModelProto replaceNested(ModelProto model, String from, String to) {
        ByteString swapped = Swap.in(model.toByteString(), from, to);
        try {
            return ModelProto.parseFrom(swapped);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static Model<Regressor> model() {
        RegressionFactory outputs = new RegressionFactory();
        MutableDataset<Regressor> data = new MutableDataset<>(new SimpleDataSourceProvenance("rows", outputs), outputs);
        for (int i = 0; i < 50; i++) {
            data.add(new ArrayExample<>(
                    new Regressor("y", i % 10), new String[] {"f0", "f1"}, new double[] {i, i % 10}));
        }
        return new CARTRegressionTrainer(4).train(data);
    }
}
