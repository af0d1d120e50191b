package io.datalifecycle.dlt.kafka;

import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.spi.ConnectorSource.Piece;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Messages of a partition that were fetched and are not stored yet. A piece begins at the stored position and takes the same messages in the
 * same order whenever it is made again, at most more of them: so rows that are in can be passed over. Not thread-safe.
 */
final class Partition {

    /** So far a piece may pass over offsets without messages; each is a line, so that a line tells its offset. */
    private static final long MOST_SKIPPED = 10_000;

    private static final int MOST_BYTES = 4 << 20;

    final TopicPartition id;
    private final int most;
    private final Deque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();
    private long start;
    private boolean anchored;

    /**
     * @param start offset of the next message that is not stored
     * @param anchored whether that offset is the stored position; if not it is to be stored first
     */
    Partition(TopicPartition id, int most, long start, boolean anchored) {
        this.id = id;
        this.most = most;
        this.start = start;
        this.anchored = anchored;
    }

    String lane() {
        return id.topic() + "-" + id.partition();
    }

    long start() {
        return start;
    }

    boolean isAnchored() {
        return anchored;
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        fetched.add(record);
    }

    boolean isEmpty() {
        return fetched.isEmpty();
    }

    /** Whether more would not fit into one piece. */
    boolean isFull() {
        return fetched.size() >= most;
    }

    /** Goes elsewhere; what was fetched is not what comes next. */
    void move(long offset) {
        fetched.clear();
        start = offset;
        anchored = true;
    }

    /** The position that a lane without one begins at, to be stored before anything of it. */
    Piece anchor() {
        return new Piece(lane(), lane() + "@" + start, Rows.of(), String.valueOf(start), Map.of(), true);
    }

    /** The messages from the stored position on. A message without a value is no row. */
    Piece piece() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        long first = fetched.element().offset();
        long line = first;
        int taken = 0;
        for (ConsumerRecord<byte[], byte[]> message : fetched) {
            if (taken == most || lines.size() > MOST_BYTES || message.offset() - line > MOST_SKIPPED) {
                break;
            }
            for (; line < message.offset(); line++) {
                lines.write('\n');
            }
            write(message.value(), lines);
            line++;
            taken++;
        }
        Rows rows = Rows.ndjson(new ByteArrayInputStream(lines.toByteArray())).named(lane() + "@" + first);
        return new Piece(lane(), lane() + "@" + start, rows, String.valueOf(line), Map.of(), true);
    }

    /** In a line of its own: within JSON a line end is a blank like another. */
    private static void write(byte[] value, ByteArrayOutputStream lines) {
        if (value != null) {
            for (byte b : value) {
                lines.write(b == '\n' ? ' ' : b);
            }
        }
        lines.write('\n');
    }

    /** Forgets what is stored. */
    void settle(long next) {
        while (!fetched.isEmpty() && fetched.element().offset() < next) {
            fetched.remove();
        }
        start = next;
        anchored = true;
    }
}
