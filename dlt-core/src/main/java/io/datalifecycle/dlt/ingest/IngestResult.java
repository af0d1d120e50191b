package io.datalifecycle.dlt.ingest;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.row.RowRejection;
import java.util.List;

/**
 * What became of the rows. Immutable. Always {@code offered = accepted + duplicate + rejected}.
 *
 * @param offered rows seen
 * @param accepted rows stored
 * @param duplicate rows whose natural key was known, or that came in a batch that was known
 * @param rejected rows that were not stored
 * @param quarantined of those, rows kept to be mended and replayed
 * @param rejections the first {@value #MOST_REJECTIONS} of the rejected
 * @param warnings what somebody should look at although rows were read
 */
public record IngestResult(
        long offered,
        long accepted,
        long duplicate,
        long rejected,
        long quarantined,
        List<RowRejection> rejections,
        List<Problem> warnings) {

    /** How many rejections a result holds; all are counted. */
    public static final int MOST_REJECTIONS = 1_000;

    public IngestResult {
        rejections = List.copyOf(rejections);
        warnings = List.copyOf(warnings);
        if (offered != accepted + duplicate + rejected) {
            throw new IllegalArgumentException("offered: " + offered + " rows, but " + accepted + " accepted + "
                    + duplicate + " duplicate + " + rejected + " rejected");
        }
    }

    /** One line: {@code 10 offered: 8 accepted, 1 duplicate, 1 rejected (1 in quarantine)}. */
    @Override
    public String toString() {
        String kept = quarantined == 0 ? "" : " (" + quarantined + " in quarantine)";
        return offered + " offered: " + accepted + " accepted, " + duplicate + " duplicate, " + rejected + " rejected"
                + kept;
    }
}
