package io.datalifecycle.dlt.mqtt;

import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.ConnectorSource;
import io.datalifecycle.dlt.spi.ConnectorType.Opening;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of a session, some to a piece, acknowledged when their rows are in. The connection stays open between polls; a broker sends on
 * only when it hears acknowledgements, so a run waits a little for more.
 */
final class MqttSource implements ConnectorSource {

    private static final Logger LOG = LoggerFactory.getLogger(MqttSource.class);

    /** One wait for more, and all waits of a run: longer than a broker takes to answer, short enough not to hold a worker. */
    private static final long WAIT_MILLIS = 250;

    private static final long WAITS_MILLIS = 2_000;
    private static final long PIECE_BYTES = 8L << 20;
    private static final int MOST_CONNECTIONS = 3;

    private final MqttOptions options;
    private final Connection.Session session;
    private final Runnable closed;
    private final Map<String, List<Message>> handed = new HashMap<>();
    private @Nullable Connection connection;
    private long waitedNanos;
    private boolean isClosed;

    /** @param closed called when the source is closed; connects to nothing yet */
    MqttSource(MqttOptions options, MqttBroker broker, Opening opening, String client, Runnable closed) {
        this.options = options;
        this.session = new Connection.Session(
                broker, options, opening.workspace(), opening.connector(), client, opening.clock());
        this.closed = closed;
    }

    @Override
    public Optional<Piece> poll(Positions positions, Duration patience) {
        if (isClosed) { // nobody would end the connection that this opens
            throw new DltException(
                    ProblemCode.CONNECTOR_FAILED, "connector " + session.connector() + ": it was closed while it read");
        }
        Optional<MqttPosition> stored =
                positions.of("").map(Checkpoint.Saved::position).map(MqttPosition::parse);
        for (int connections = 0; connections < MOST_CONNECTIONS; ) {
            Connection current = connection;
            if (current == null) {
                current = Connection.open(
                        session, stored, connections == 0 ? session.broker().receiveMaximum() : MqttBroker.ANY);
                connection = current;
                connections++; // the second names no bound: some brokers do not keep to it
            }
            List<Message> messages = next(current.inbox(), patience);
            if (!messages.isEmpty()) {
                Optional<Piece> piece = piece(messages, stored);
                if (piece.isPresent()) {
                    return piece;
                }
            } else if (current.inbox().isSpent() && !Thread.currentThread().isInterrupted()) {
                disconnect();
            } else {
                waitedNanos = 0;
                return Optional.empty();
            }
        }
        throw new DltException(
                ProblemCode.CONNECTOR_FAILED,
                "connector " + session.connector() + ": the connection to broker "
                        + session.broker().name()
                        + " ends again and again; check that nobody else uses the client identifier "
                        + session.client());
    }

    private List<Message> next(Inbox inbox, Duration patience) {
        long left = Math.max(0, WAITS_MILLIS - TimeUnit.NANOSECONDS.toMillis(waitedNanos));
        long wait = Math.max(patience.toMillis(), Math.min(left, WAIT_MILLIS));
        long start = System.nanoTime();
        try {
            return inbox.take(options.most(), PIECE_BYTES, wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            waitedNanos += System.nanoTime() - start;
        }
    }

    /** Empty when nothing of the messages is wanted; they are acknowledged then. */
    private Optional<Piece> piece(List<Message> messages, Optional<MqttPosition> stored) {
        Records records = new Records(options);
        int wanted = 0;
        for (Message message : messages) {
            Optional<Map<String, String>> levels = levels(message.topic());
            if (levels.isPresent() && (options.retained() || !message.retained())) {
                records.add(message, levels.get());
                wanted++;
            }
        }
        if (wanted == 0) {
            acknowledge(messages);
            return Optional.empty();
        }
        byte[] lines = records.lines();
        String id = hash(lines);
        handed.put(id, messages);
        MqttPosition next = new MqttPosition(stored.map(MqttPosition::messages).orElse(0L) + wanted, session.wanted());
        Rows rows = Rows.ndjson(new ByteArrayInputStream(lines))
                .named(session.broker().name() + ":" + options.topics().get(0).filter());
        return Optional.of(new Piece("", id, rows, next.text(), Map.of(), false));
    }

    private Optional<Map<String, String>> levels(String topic) {
        return options.topics().stream()
                .flatMap(filter -> filter.match(topic).stream())
                .findFirst();
    }

    @Override
    public void settled(Piece piece, Outcome outcome) {
        List<Message> messages = handed.remove(piece.id());
        if (messages != null) {
            acknowledge(messages);
        }
    }

    private void acknowledge(List<Message> messages) {
        for (Message message : messages) {
            try {
                message.acknowledge().run();
            } catch (
                    IllegalStateException gone) { // of a connection that ended: it comes again, by its natural key once
                LOG.debug("connector {}: a message could not be acknowledged", session.connector());
            }
        }
    }

    @Override
    public Optional<Lag> lag(Positions positions) {
        return Optional.empty(); // only the broker knows
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }

    private void disconnect() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        disconnect();
        handed.clear();
        closed.run();
    }
}
