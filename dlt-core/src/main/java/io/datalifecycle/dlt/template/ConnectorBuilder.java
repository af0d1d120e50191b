package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares a connector; what it has no method for is an option of its plug-in. Not thread-safe. */
public final class ConnectorBuilder {

    private final Place place;
    private final Renaming renaming;
    private final Map<String, String> map = new LinkedHashMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();
    private final Map<String, Object> constants = new LinkedHashMap<>();
    private final Map<String, Object> options = new LinkedHashMap<>();
    private @Nullable String type;
    private @Nullable Ref into;
    private @Nullable String explode;
    private @Nullable Duration every;

    ConnectorBuilder(Place place) {
        this.place = place;
        this.renaming = new Renaming(place);
    }

    /** Key that it had in the version before; its rows and states are kept. */
    public ConnectorBuilder renamedFrom(String oldKey) {
        renaming.from(oldKey);
        return this;
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

    /** An address that is asked again and again. */
    public ConnectorBuilder http(String url) {
        return type("http").option("url", url);
    }

    /** A query whose new rows are fetched, on a database the host has named. */
    public ConnectorBuilder jdbc(String database, String query, String cursor) {
        return type("jdbc").option("database", database).option("query", query).option("cursor", cursor);
    }

    /** Rows that the host hands over. */
    public ConnectorBuilder push() {
        return type(Connector.PUSH);
    }

    /** The datastore the rows go to. */
    public ConnectorBuilder into(Datastore datastore) {
        into = place.once("into", into, datastore.ref());
        return this;
    }

    /** The datastore the rows go to, as {@code datastore:key} or its key. */
    public ConnectorBuilder into(String datastore) {
        into = place.once("into", into, place.ref("into", datastore, RefKind.DATASTORE));
        return this;
    }

    /** Fills a column of the store from a field, a JSON pointer or {@code = expression}. */
    public ConnectorBuilder map(String column, String field) {
        place.once("map", map.putIfAbsent(column, field), field);
        return this;
    }

    /** The unit the source gives a column in, for instance {@code psi}. */
    public ConnectorBuilder unit(String column, String unit) {
        place.once("units", units.putIfAbsent(column, unit), unit);
        return this;
    }

    /** A value for rows that lack the column. */
    public ConnectorBuilder constant(String column, Object value) {
        place.once("constants", constants.putIfAbsent(column, value), value);
        return this;
    }

    /** JSON pointer of an array within a record, each element of which is a row. */
    public ConnectorBuilder explode(String pointer) {
        explode = place.once("explode", explode, pointer);
        return this;
    }

    /** Time between two looks at the source. */
    public ConnectorBuilder every(Duration value) {
        every = place.once("every", every, value);
        return this;
    }

    /** Anything else the plug-in needs. */
    public ConnectorBuilder option(String name, Object value) {
        place.once(name, options.putIfAbsent(name, value), value);
        return this;
    }

    Renaming renaming() {
        return renaming;
    }

    Connector build(String key) {
        return new Connector(
                key,
                place.need("type", type, ""),
                place.need("into", into, Ref.datastore("")),
                map,
                units,
                constants,
                Optional.ofNullable(explode),
                every == null ? Connector.DEFAULT_EVERY : every,
                options);
    }
}
