package io.datalifecycle.dlt.storage.schedule;

import io.datalifecycle.dlt.schedule.NodeRole;
import io.datalifecycle.dlt.spi.JobControl;
import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Recurring jobs in {@code dlt.job}, run by db-scheduler: each on one node at a time, a dead node's jobs picked up after a minute. Each
 * role is a scheduler of its own. Thread-safe.
 */
public final class DbSchedulerJobQueue implements JobQueue {

    private static final int NAME_LENGTH = 40;

    private final Database app;
    private final InstantSource clock;
    private final Timing timing;
    private final JobTable table;
    private final String node;
    private final List<RolePool> pools = new ArrayList<>();
    private Duration patience = Duration.ZERO;

    public DbSchedulerJobQueue(Database app, InstantSource clock) {
        this(app, clock, Timing.STANDARD);
    }

    DbSchedulerJobQueue(Database app, InstantSource clock, Timing timing) {
        this.app = app;
        this.clock = clock;
        this.timing = timing;
        this.table = new JobTable(app, clock);
        this.node = nodeName();
    }

    /** Two nodes of one host are two, and so are a node and its successor after a restart. */
    private static String nodeName() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "node";
        }
        String shortened = host.length() > NAME_LENGTH ? host.substring(0, NAME_LENGTH) : host;
        return shortened + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    @Override
    public void put(WorkspaceId workspace, List<Job> jobs) {
        table.put(workspace, jobs);
    }

    @Override
    public void remove(WorkspaceId workspace) {
        table.remove(workspace);
    }

    @Override
    public List<Planned> planned(WorkspaceId workspace) {
        return table.planned(workspace);
    }

    @Override
    public JobControl control() {
        return table;
    }

    @Override
    public synchronized void start(Runner runner, Settings settings) {
        if (!pools.isEmpty()) {
            return;
        }
        patience = settings.patience();
        RolePool.Work work = new RolePool.Work(runner, settings, clock);
        List<NodeRole> roles = settings.roles().stream()
                .map(label -> NodeRole.of(label)
                        .orElseThrow(() -> new IllegalArgumentException("roles: there is no role " + label)))
                .toList();
        roles.forEach(role -> pools.add(new RolePool(app, role, new JobRuns(app, role, node), work, timing)));
        pools.forEach(RolePool::start);
    }

    @Override
    public synchronized void stop() {
        pools.forEach(RolePool::close);
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (RolePool pool : pools) {
                pool.awaitIdle(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pools.forEach(RolePool::interrupt);
        pools.forEach(RolePool::stop);
        pools.clear();
    }
}
