package io.datalifecycle.dlt.template;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Declares a connector; everything beside type, into and map is an option of its plug-in. Not thread-safe. */
public final class ConnectorBuilder {

    private final Place place;
    private final Map<String, String> map = new LinkedHashMap<>();
    private final Map<String, Object> options = new LinkedHashMap<>();
    private @Nullable String type;
    private @Nullable Ref into;

    ConnectorBuilder(Place place) {
        this.place = place;
    }

    /** The plug-in that fetches. */
    public ConnectorBuilder type(String value) {
        type = place.once("type", type, value);
        return this;
    }

    /** Files of a path with wildcards. */
    public ConnectorBuilder file(String path) {
        return type("file").option("path", path);
    }

    /** The datastore the rows go to. */
    public ConnectorBuilder into(Datastore datastore) {
        into = place.once("into", into, datastore.ref());
        return this;
    }

    /** The datastore the rows go to, as {@code datastore:key}. */
    public ConnectorBuilder into(String datastore) {
        into = place.once("into", into, place.ref("into", datastore, RefKind.DATASTORE));
        return this;
    }

    /** Fills a column of the store from a field of the source. */
    public ConnectorBuilder map(String column, String field) {
        place.once("map", map.putIfAbsent(column, field), field);
        return this;
    }

    /** Anything else the plug-in needs. */
    public ConnectorBuilder option(String name, Object value) {
        place.once(name, options.putIfAbsent(name, value), value);
        return this;
    }

    Connector build(String key) {
        return new Connector(
                key, place.need("type", type, ""), place.need("into", into, Ref.datastore("")), map, options);
    }
}
