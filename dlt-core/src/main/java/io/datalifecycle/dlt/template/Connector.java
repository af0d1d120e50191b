package io.datalifecycle.dlt.template;

import java.util.Map;

/**
 * A source that rows are fetched from. Immutable.
 *
 * @param key name
 * @param type the plug-in that fetches: {@code file}, {@code http}, {@code jdbc}, {@code kafka}, …
 * @param into the datastore the rows go to
 * @param map column of the store to field of the source
 * @param options everything else the plug-in needs; texts may hold <code>${param.key}</code>
 */
public record Connector(String key, String type, Ref into, Map<String, String> map, Map<String, Object> options) {

    public Connector {
        map = Values.copy(map);
        options = Values.options(options);
    }
}
