package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.problem.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends messages of one kind. Thread-safe. */
public interface Notifier {

    /** The channel type it serves: {@code email}, {@code webhook}, {@code log}. */
    String type();

    /** What is wrong with a channel's options; pointers are relative to the channel. Texts may still hold <code>${param.key}</code>. */
    List<Problem> check(Map<String, Object> options);

    /** Whom a channel reaches, one message each; options have their parameters filled in. */
    List<String> recipients(Map<String, Object> options);

    /**
     * Sends, waiting for the answer within a bounded time.
     *
     * @return receipt: the message id, or what the other side answered
     * @throws io.datalifecycle.dlt.problem.DeliveryException when it did not go out; says whether to try again
     */
    String send(Message message, Destination destination);

    /**
     * Where a message goes. Immutable.
     *
     * @param channel key of the channel
     * @param options of the channel, parameters filled in
     * @param recipient one of {@link #recipients}
     * @param messageId unique and stable over attempts, so that receivers can tell a repetition
     */
    record Destination(String channel, Map<String, Object> options, String recipient, String messageId) {
        public Destination {
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }
    }
}
