package io.datalifecycle.dlt.storage.schedule;

import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** Looks for due jobs at a pace of real time, also under a clock that stands still; what is due is the clock's matter. */
final class PollingBuilder extends SchedulerBuilder {

    private final Duration interval;

    PollingBuilder(DataSource dataSource, Task<?> task, Duration interval) {
        super(dataSource, List.of(task));
        this.interval = interval;
    }

    @Override
    protected Waiter buildWaiter() {
        return new Waiter(interval);
    }
}
