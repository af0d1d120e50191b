package io.datalifecycle.dlt.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Messages of one connection that wait to be read, bounded by their bytes; their number is bounded by MQTT's packet identifiers. What
 * comes past the bound is dropped unacknowledged, and so is everything after it, so that order stays; a new connection brings it again.
 * Thread-safe.
 */
final class Inbox {

    private final long most;
    private final Deque<Message> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean overflown;
    private boolean closed;

    /** @param most bytes of payloads; one message is taken in any case */
    Inbox(long most) {
        this.most = most;
    }

    /** A message has come. */
    synchronized void add(Message message) {
        overflown |= !waiting.isEmpty() && bytes + message.payload().length > most;
        if (overflown || closed) {
            return;
        }
        waiting.add(message);
        bytes += message.payload().length;
        notifyAll();
    }

    /** The next messages, as many as there are up to a bound; none when none came in time or the connection is closed. */
    synchronized List<Message> take(int count, long bytesAtMost, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (waiting.isEmpty() && !closed && !overflown) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return List.of();
            }
            wait(left);
        }
        List<Message> taken = new ArrayList<>();
        long sum = 0;
        while (!closed && !waiting.isEmpty() && taken.size() < count) {
            sum += waiting.element().payload().length;
            if (!taken.isEmpty() && sum > bytesAtMost) {
                break;
            }
            Message message = waiting.remove();
            bytes -= message.payload().length;
            taken.add(message);
        }
        return taken;
    }

    /** The connection is gone: what waits will come again. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        bytes = 0;
        notifyAll();
    }

    /** Whether only a new connection brings more. */
    synchronized boolean isSpent() {
        return closed || (overflown && waiting.isEmpty());
    }
}
