package io.datalifecycle.dlt.test;

import io.datalifecycle.dlt.problem.DeliveryException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Message;
import io.datalifecycle.dlt.spi.Notifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Catches messages of one channel type; can be told to be down. Thread-safe. */
final class CatchingNotifier implements Notifier {

    private final String type;
    private final List<Mail> caught = new ArrayList<>();
    private boolean down;

    CatchingNotifier(String type) {
        this.type = type;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public List<Problem> check(Map<String, Object> options) {
        return List.of();
    }

    @Override
    public List<String> recipients(Map<String, Object> options) {
        Object to = options.getOrDefault("to", options.getOrDefault("url", type));
        return to instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of(to.toString());
    }

    @Override
    public synchronized String send(Message message, Destination destination) {
        if (down) {
            throw new DeliveryException(ProblemCode.DELIVERY_FAILED, "the test's " + type + " server is down", true);
        }
        caught.add(Mail.of(destination.channel(), destination.recipient(), message));
        return "caught";
    }

    synchronized List<Mail> caught() {
        return List.copyOf(caught);
    }

    synchronized void down(boolean down) {
        this.down = down;
    }
}
