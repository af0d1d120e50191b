package io.datalifecycle.dlt.connector.internal;

import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.row.RowRejection;
import java.util.ArrayList;
import java.util.List;

/** Results of the pieces of one run, added up. Not thread-safe. */
final class Sum {

    private static final int MOST_WARNINGS = 100;

    private long offered;
    private long accepted;
    private long duplicate;
    private long rejected;
    private long quarantined;
    private final List<RowRejection> rejections = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    void add(IngestResult result) {
        offered += result.offered();
        accepted += result.accepted();
        duplicate += result.duplicate();
        rejected += result.rejected();
        quarantined += result.quarantined();
        result.rejections().stream()
                .limit(IngestResult.MOST_REJECTIONS - rejections.size())
                .forEach(rejections::add);
        result.warnings().stream().limit(MOST_WARNINGS - warnings.size()).forEach(warnings::add);
    }

    IngestResult result() {
        return new IngestResult(offered, accepted, duplicate, rejected, quarantined, rejections, warnings);
    }
}
