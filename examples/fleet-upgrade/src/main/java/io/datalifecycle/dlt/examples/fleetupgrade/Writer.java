package io.datalifecycle.dlt.examples.fleetupgrade;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends rows for all customers in turn, in the background, until it is closed. What goes wrong is thrown by {@link #close}. */
final class Writer implements AutoCloseable {

    private static final int ROWS = 4;
    private static final int REST_MILLIS = 5;

    private final List<Station> stations;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> sending;
    private int turn;

    Writer(List<Station> stations) {
        this.stations = stations;
        this.sending = thread.scheduleWithFixedDelay(this::send, 0, REST_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void send() {
        stations.get(turn).send(ROWS);
        turn = (turn + 1) % stations.size();
    }

    @Override
    public void close() throws Exception {
        thread.shutdown(); // the batch under way ends; nothing is begun any more
        thread.awaitTermination(1, TimeUnit.MINUTES);
        if (sending.isDone() && !sending.isCancelled()) {
            sending.get();
        }
    }
}
