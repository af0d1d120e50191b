package io.datalifecycle.dlt.ingest.internal;

import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.internal.RowReader.Block;
import io.datalifecycle.dlt.spi.RowSink.WriteResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds up what became of the rows of one call. Not thread-safe. */
final class Tally {

    private final boolean keepRejected;
    private final String time;
    private final List<RowRejection> rejections = new ArrayList<>();
    private long accepted;
    private long duplicate;
    private long rejected;
    private long quarantined;
    private long newest = Long.MIN_VALUE;

    /**
     * @param time the time column
     * @param keepRejected whether rejected rows go into the quarantine
     */
    Tally(String time, boolean keepRejected) {
        this.time = time;
        this.keepRejected = keepRejected;
    }

    /** Adds a block and what the sink did with it. A block that the sink knew counts as duplicate but for what it refuses. */
    void add(Block block, WriteResult result) {
        long refused = (long) block.rejected().size() + result.rejected().size();
        if (result.replayed()) {
            duplicate += block.offered() - Math.min(refused, block.offered());
            rejected += Math.min(refused, block.offered());
        } else {
            long stored =
                    result.accepted() + result.duplicate() + result.rejected().size();
            if (stored != block.rows().size()) {
                throw new IllegalStateException("the sink accounts for " + stored + " of "
                        + block.rows().size() + " rows");
            }
            accepted += result.accepted();
            duplicate += result.duplicate();
            rejected += refused;
            quarantined += keepRejected ? refused : 0;
        }
        if (result.accepted() + result.duplicate() > 0) {
            look(block.rows());
        }
        keep(block.rejected());
        keep(result.rejected());
    }

    private void look(RowBatch rows) {
        int column = rows.schema().indexOf(time);
        for (int row = 0; row < rows.size(); row++) {
            if (!rows.isNull(row, column)) {
                newest = Math.max(newest, rows.longAt(row, column));
            }
        }
    }

    /** The latest time of rows that were stored or known; empty without any. */
    Optional<Instant> newest() {
        return newest == Long.MIN_VALUE ? Optional.empty() : Optional.of(RowBatch.instantOf(newest));
    }

    private void keep(List<RowRejection> more) {
        for (RowRejection rejection : more) {
            if (rejections.size() == IngestResult.MOST_REJECTIONS) {
                return;
            }
            rejections.add(rejection);
        }
    }

    IngestResult result(List<Problem> warnings) {
        long offered = accepted + duplicate + rejected;
        return new IngestResult(offered, accepted, duplicate, rejected, quarantined, rejections, warnings);
    }
}
