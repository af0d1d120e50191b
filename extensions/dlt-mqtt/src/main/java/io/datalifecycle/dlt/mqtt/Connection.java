package io.datalifecycle.dlt.mqtt;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection with its subscriptions and what has come over it. Used by one thread at a time. */
final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final long FAREWELL_MILLIS = 2_000;

    private final MqttBroker broker;
    private final String connector;
    private final Inbox inbox;
    private final Link link;

    private Connection(MqttBroker broker, String connector, Inbox inbox, Link link) {
        this.broker = broker;
        this.connector = connector;
        this.inbox = inbox;
        this.link = link;
    }

    /**
     * Connects to the session of a client and brings its subscriptions up to date.
     *
     * @param stored where the session stood; empty before the first message
     * @param window messages that the broker may send unacknowledged
     * @throws DltException with {@code CONNECTOR_FAILED}
     */
    static Connection open(Session session, Optional<MqttPosition> stored, int window) {
        Inbox inbox = new Inbox(session.broker().buffer());
        Link.Wish wish =
                new Link.Wish(session.broker(), session.options(), session.client(), window, inbox::add, inbox::close);
        Link link = session.broker().isVersion5() ? new Link5(wish, session.clock()) : new Link3(wish, session.clock());
        Connection connection = new Connection(session.broker(), session.connector(), inbox, link);
        try {
            connection.subscribe(session, stored);
            return connection;
        } catch (RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    /**
     * Whose messages are read. Immutable.
     *
     * @param connector key of the connector
     * @param client identifier of the session
     */
    record Session(
            MqttBroker broker,
            MqttOptions options,
            String workspace,
            String connector,
            String client,
            InstantSource clock) {

        Map<String, Integer> wanted() {
            Map<String, Integer> wanted = new LinkedHashMap<>();
            options.topics().forEach(topic -> wanted.put(topic.filter(), options.qos()));
            return wanted;
        }
    }

    /** A session that is there with the same topics is left alone: to subscribe again would bring retained messages again. */
    private void subscribe(Session session, Optional<MqttPosition> stored) {
        boolean present = done(link.connect(), "cannot be reached or refuses the connection");
        if (!present && stored.isPresent()) {
            LOG.warn(
                    "workspace {}: broker {} has forgotten the session {} of connector {}; messages sent since it was last"
                            + " read are lost unless it retained them",
                    session.workspace(),
                    broker,
                    session.client(),
                    connector);
        }
        Map<String, Integer> wanted = session.wanted();
        if (present && stored.isPresent() && stored.get().subscribed().equals(wanted)) {
            return;
        }
        List<String> gone = stored.map(position -> position.without(wanted)).orElse(List.of());
        if (present && !gone.isEmpty()) {
            done(link.unsubscribe(gone), "does not take back a subscription");
        }
        done(
                link.subscribe(session.options().topics()),
                "refuses the subscription; check the topics and the rights of the login");
    }

    private <T> T done(CompletableFuture<T> answer, String problem) {
        try {
            return answer.get(broker.timeout().toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw failed(problem + " (" + cause.getMessage() + ")", cause);
        } catch (TimeoutException e) {
            throw failed("does not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was not waited for, this thread was interrupted", e);
        }
    }

    private DltException failed(String problem, Throwable cause) {
        return new DltException(
                ProblemCode.CONNECTOR_FAILED,
                "connector " + connector + ": broker " + broker.name() + " at " + broker + " " + problem,
                cause);
    }

    /** What has come. */
    Inbox inbox() {
        return inbox;
    }

    /** Ends the connection; the broker keeps the session and brings again what was not acknowledged. */
    void close() {
        inbox.close();
        try {
            link.disconnect().get(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) { // it was not connected, or the broker is gone
            LOG.debug("connector {}: the connection ended by itself", connector);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
