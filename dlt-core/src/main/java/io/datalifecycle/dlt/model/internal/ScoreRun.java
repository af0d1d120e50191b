package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.model.ScoreResult;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.RowSink;
import io.datalifecycle.dlt.spi.Scorer;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of scoring: reads ranges, scores them, writes scores, position and state together. Not thread-safe. */
final class ScoreRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScoreRun.class);
    private static final int BATCH_ROWS = 5_000;
    private static final String ANOMALY = "is_anomaly";

    private final Storage storage;
    private final WorkspaceContext workspace;
    private final ModelInput input;
    private final ScoreColumns columns;
    private final Supplier<Scorer> load;
    private @Nullable Scorer scorer;
    private final String name;
    private final String start;
    private Optional<String> position;
    private long scored;
    private long rescored;
    private long anomalies;
    private long refused;
    private final Map<String, byte[]> state = new LinkedHashMap<>();

    /**
     * @param name of the checkpoint
     * @param at where it stands; empty when it does not exist yet
     * @param state what is saved there, by part
     * @param start where new rows begin
     */
    record Position(String name, Optional<String> at, Map<String, byte[]> state, Instant start) {}

    /**
     * @param input where rows come from
     * @param columns where scores go
     */
    record Work(WorkspaceContext workspace, ModelInput input, ScoreColumns columns, Position position) {}

    ScoreRun(Storage storage, Work work, Supplier<Scorer> load) {
        this.storage = storage;
        this.workspace = work.workspace();
        this.input = work.input();
        this.columns = work.columns();
        this.load = load;
        this.name = work.position().name();
        this.position = work.position().at();
        this.start = work.position().start().toString();
        this.state.putAll(work.position().state());
    }

    /** Scores rows for the first time, in order; the position moves with them. */
    void score(TimeRange range) {
        read(range, (rows, after) -> {
            write(rows, RowBatch.instantOf(after).toString());
            scored += rows.size();
        });
    }

    /**
     * Scores rows that lie before the position once more; it stays. Assets whose rows come late, after those of others, go on
     * learning from them: the scorer knows per asset what it has learnt.
     */
    void rescore(TimeRange range) {
        read(range, (rows, after) -> {
            write(rows, position.orElse(start));
            rescored += rows.size();
        });
    }

    ScoreResult result(int version) {
        if (refused > 0) { // the features will give the same again: stopping would only stop the rows after them too
            LOG.warn(
                    "workspace {}: {} refused {} scores of {}; see that its columns take nulls and every score",
                    workspace.key(),
                    columns.store().ref(),
                    refused,
                    name);
        }
        return new ScoreResult(version, scored, rescored, anomalies, position.map(Instant::parse));
    }

    private void read(TimeRange range, BiConsumer<RowBatch, Long> out) {
        int time = input.schema().indexOf(input.store().time());
        WholeInstants batches = new WholeInstants(input.schema(), time, BATCH_ROWS, out);
        storage.reader().scan(workspace, input.scan(range, BATCH_ROWS, Long.MAX_VALUE), batches::add);
        batches.flush();
    }

    private void write(RowBatch rows, String next) {
        Scorer loaded = scorer();
        RowBatch scores = loaded.score(rows, true);
        Map<String, byte[]> changed = loaded.changedState();
        Checkpoint checkpoint = new Checkpoint(name, position, next, changed);
        RowSink.WriteResult written = storage.rows()
                .write(new RowSink.Write(
                        workspace,
                        columns.store(),
                        columns.join(rows, scores),
                        List.of(),
                        false,
                        name,
                        Optional.empty(),
                        Optional.of(checkpoint)));
        position = Optional.of(next);
        state.putAll(changed);
        refused += written.rejected().size();
        countAnomalies(scores);
    }

    /** Loaded for the first rows only: most runs of a quiet model have none. */
    private Scorer scorer() {
        if (scorer == null) {
            scorer = load.get();
        }
        return scorer;
    }

    /** Hands the scorer over with what it has saved, after a run that went well; then closing leaves it open. */
    void release(BiConsumer<Scorer, Checkpoint.Saved> keeper) {
        Scorer current = scorer;
        if (current != null && position.isPresent()) {
            scorer = null;
            keeper.accept(current, new Checkpoint.Saved(position.get(), state));
        }
    }

    @Override
    public void close() {
        if (scorer != null) {
            scorer.close();
        }
    }

    private void countAnomalies(RowBatch scores) {
        int column = scores.schema().indexOf(ANOMALY);
        if (column < 0 || scores.schema().column(column).type() != ColumnType.BOOLEAN) {
            return;
        }
        for (int row = 0; row < scores.size(); row++) {
            if (!scores.isNull(row, column) && scores.longAt(row, column) != 0) {
                anomalies++;
            }
        }
    }
}
