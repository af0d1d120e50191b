package io.datalifecycle.dlt.plan;

import java.util.Locale;

/** What a step of an upgrade does. */
public enum StepKind {
    /** A table is built beside the one in use and filled. */
    BUILD,
    /** Tables change, all in one transaction. */
    TABLE,
    /** The role of the workspace may read what metrics need, and nothing else. */
    ROLES,
    /** The workspace is pinned to the version. */
    PIN,
    /** Jobs are planned as the version says. */
    JOBS,
    /** Derived rows are computed. */
    BACKFILL,
    /** A model is trained. */
    RETRAIN;

    /** As it is printed: {@code backfill}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
