package io.datalifecycle.dlt.training.internal;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.PointInTime;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.function.Consumer;

/**
 * A training set that was checked. Immutable.
 *
 * @param join reads it
 * @param workspace whose stores
 * @param request what
 * @param entities for whom
 */
public record PreparedSet(
        PointInTime join, WorkspaceContext workspace, PointInTime.Request request, PointInTime.Entities entities) {

    /** Its columns. */
    public RowSchema columns() {
        return request.columns(workspace);
    }

    /** Gives all rows; gives their number. */
    public long rows(Consumer<RowBatch> batches) {
        return join.join(workspace, request, entities, batches);
    }
}
