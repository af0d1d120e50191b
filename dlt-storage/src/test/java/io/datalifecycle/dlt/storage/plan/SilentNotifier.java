package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.spi.Message;
import io.datalifecycle.dlt.spi.Notifier;
import java.util.List;
import java.util.Map;

/** Takes mail and sends none. */
final class SilentNotifier implements Notifier {

    @Override
    public String type() {
        return "email";
    }

    @Override
    public List<Problem> check(Map<String, Object> options) {
        return List.of();
    }

    @Override
    public List<String> recipients(Map<String, Object> options) {
        return ((List<?>) options.getOrDefault("to", List.of()))
                .stream().map(Object::toString).toList();
    }

    @Override
    public String send(Message message, Destination destination) {
        return "kept";
    }
}
