package io.datalifecycle.dlt.template;

import java.util.Map;

/**
 * A configured destination. Immutable.
 *
 * @param key name
 * @param type the notifier that sends: {@code email}, {@code webhook}, {@code log}, …
 * @param options what the notifier needs, for instance {@code to}; texts may hold <code>${param.key}</code>
 */
public record Channel(String key, String type, Map<String, Object> options) {

    public Channel {
        options = Values.options(options);
    }
}
