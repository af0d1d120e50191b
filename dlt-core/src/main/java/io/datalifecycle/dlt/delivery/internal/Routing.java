package io.datalifecycle.dlt.delivery.internal;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Notifier;
import io.datalifecycle.dlt.template.Channel;
import io.datalifecycle.dlt.workspace.Placeholders;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** From the channels a template names to notifiers and recipients. Immutable. */
public final class Routing {

    private final Map<String, Notifier> notifiers;

    /** Notifiers by their type. */
    public Routing(Map<String, Notifier> notifiers) {
        this.notifiers = new TreeMap<>(notifiers);
    }

    /**
     * One recipient of one channel.
     *
     * @param options of the channel, parameters filled in
     */
    public record Route(Notifier notifier, String channel, Map<String, Object> options, String recipient) {}

    /** Everyone the channels reach, each recipient once per channel. */
    public List<Route> routes(WorkspaceContext workspace, List<String> channels) {
        List<Route> routes = new ArrayList<>();
        for (String key : channels) {
            Channel channel = channel(workspace, key);
            Notifier notifier = notifier(channel);
            Map<String, Object> options = filled(workspace, channel);
            notifier.recipients(options).stream()
                    .distinct()
                    .forEach(r -> routes.add(new Route(notifier, key, options, r)));
        }
        return List.copyOf(routes);
    }

    /** The way to one recipient, as the channel is configured now. */
    Route route(WorkspaceContext workspace, String key, String recipient) {
        Channel channel = channel(workspace, key);
        return new Route(notifier(channel), key, filled(workspace, channel), recipient);
    }

    private static Channel channel(WorkspaceContext workspace, String key) {
        return workspace
                .template()
                .channel(key)
                .orElseThrow(() -> new DltException(
                        ProblemCode.CHANNEL_UNKNOWN,
                        "channel " + key + " of workspace " + workspace.key() + " is not in template "
                                + workspace.templateId()));
    }

    private Notifier notifier(Channel channel) {
        Notifier notifier = notifiers.get(channel.type());
        if (notifier == null) {
            throw new DltException(
                    ProblemCode.CHANNEL_UNKNOWN,
                    "channel " + channel.key() + ": no notifier sends " + channel.type() + "; there are "
                            + notifiers.keySet() + ", add the plug-in when building Dlt");
        }
        return notifier;
    }

    private static Map<String, Object> filled(WorkspaceContext workspace, Channel channel) {
        Map<String, Object> options = new LinkedHashMap<>();
        channel.options().forEach((key, value) -> options.put(key, fill(workspace, value)));
        return options;
    }

    private static Object fill(WorkspaceContext workspace, Object value) {
        if (value instanceof String text) {
            return Placeholders.fill(text, workspace);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> fill(workspace, item)).toList();
        }
        return value;
    }
}
