package io.datalifecycle.dlt.storage.schedule;

import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import java.time.Instant;
import java.util.List;

/** Lets the role, not the order of the queue, say which due jobs the job library gets. */
final class FairFetch extends PostgreSqlJdbcCustomization {

    /** Picks due jobs for free threads. */
    @FunctionalInterface
    interface Picking {
        List<Execution> pick(Instant now, int places);
    }

    private final Picking picking;

    FairFetch(Picking picking) {
        super(false, false);
        this.picking = picking;
    }

    @Override
    public List<Execution> lockAndFetchSingleStatement(
            JdbcTaskRepositoryContext context, Instant now, int limit, boolean orderByPriority) {
        return picking.pick(now, limit);
    }
}
