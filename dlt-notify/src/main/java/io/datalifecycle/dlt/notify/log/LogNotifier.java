package io.datalifecycle.dlt.notify.log;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Message;
import io.datalifecycle.dlt.spi.Notifier;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the subject of each message at INFO to the logger {@code io.datalifecycle.dlt.notify.log}; never its body. Thread-safe. */
public final class LogNotifier implements Notifier {

    private static final Logger LOG = LoggerFactory.getLogger("io.datalifecycle.dlt.notify.log");

    @Override
    public String type() {
        return "log";
    }

    @Override
    public List<Problem> check(Map<String, Object> options) {
        return options.keySet().stream()
                .map(key -> Problem.error(
                        ProblemCode.UNKNOWN_KEY, "/" + key, key + " is no option of a log channel", "it has none"))
                .toList();
    }

    @Override
    public List<String> recipients(Map<String, Object> options) {
        return List.of("log");
    }

    @Override
    public String send(Message message, Destination destination) {
        LOG.info("channel {}: {}", destination.channel(), message.subject().replaceAll("\\p{Cntrl}", " "));
        return "logged";
    }
}
