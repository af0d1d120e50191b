package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.ModelFormat;
import io.datalifecycle.dlt.spi.ModelTrainer;
import io.datalifecycle.dlt.spi.Scorer;
import io.datalifecycle.dlt.template.ModelKind;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model whose score is the sum of all it has learnt of an asset: any row that is lost, doubled or out of order shows. */
final class SummingTrainer implements ModelTrainer, ModelFormat {

    private static final List<Column> OUTPUTS =
            List.of(Column.of("score", ColumnType.DOUBLE), Column.of("is_anomaly", ColumnType.BOOLEAN));

    final Map<String, Double> metrics = new HashMap<>();

    @Override
    public Set<String> algorithms() {
        return Set.of("summing");
    }

    @Override
    public ModelKind kind(String algorithm) {
        return ModelKind.ANOMALY;
    }

    @Override
    public List<Column> outputs(String algorithm) {
        return OUTPUTS;
    }

    @Override
    public TrainedModel train(TrainingSet set) {
        return new TrainedModel("summing-1", new byte[] {1}, metrics, Map.of("library", "none"));
    }

    @Override
    public String name() {
        return "summing-1";
    }

    @Override
    public Scorer load(byte[] content, List<String> features, List<String> by, Map<String, byte[]> state) {
        return new SummingScorer(state);
    }

    /** State per asset: time of the last row learnt, and the sum. */
    private final class SummingScorer implements Scorer {
        private final Map<String, long[]> lasts = new HashMap<>();
        private final Map<String, Double> sums = new HashMap<>();
        private final Set<String> changed = new HashSet<>();

        SummingScorer(Map<String, byte[]> state) {
            state.forEach((asset, bytes) -> {
                if (bytes.length > 0) {
                    ByteBuffer buffer = ByteBuffer.wrap(bytes);
                    lasts.put(asset, new long[] {buffer.getLong()});
                    sums.put(asset, buffer.getDouble());
                }
            });
        }

        @Override
        public RowBatch score(RowBatch rows, boolean learn) {
            RowBatch.Builder out = RowBatch.builder(new RowSchema(OUTPUTS), rows.size());
            for (int row = 0; row < rows.size(); row++) {
                String asset = (String) rows.objectAt(row, 1);
                long[] last = lasts.computeIfAbsent(asset, a -> new long[] {Long.MIN_VALUE});
                double sum = sums.getOrDefault(asset, 0.0) + rows.doubleAt(row, 2);
                if (learn && rows.longAt(row, 0) > last[0]) {
                    last[0] = rows.longAt(row, 0);
                    sums.put(asset, sum);
                    changed.add(asset);
                }
                out.setDouble(0, sum);
                out.setLong(1, rows.doubleAt(row, 2) > 100 ? 1 : 0);
                out.endRow(rows.position(row));
            }
            return out.build();
        }

        @Override
        public Map<String, byte[]> changedState() {
            Map<String, byte[]> parts = new HashMap<>();
            for (String asset : changed) {
                parts.put(
                        asset,
                        ByteBuffer.allocate(16)
                                .putLong(lasts.getOrDefault(asset, new long[1])[0])
                                .putDouble(sums.getOrDefault(asset, 0.0))
                                .array());
            }
            changed.clear();
            return parts;
        }
    }
}
