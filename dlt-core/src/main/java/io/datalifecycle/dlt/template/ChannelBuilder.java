package io.datalifecycle.dlt.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Declares a channel; everything beside its type is an option of its notifier. Not thread-safe. */
public final class ChannelBuilder {

    private final Place place;
    private final Renaming renaming;
    private final Map<String, Object> options = new LinkedHashMap<>();
    private @Nullable String type;

    ChannelBuilder(Place place) {
        this.place = place;
        this.renaming = new Renaming(place);
    }

    /** Key that it had in the version before; its rows and states are kept. */
    public ChannelBuilder renamedFrom(String oldKey) {
        renaming.from(oldKey);
        return this;
    }

    /** The notifier that sends. */
    public ChannelBuilder type(String value) {
        type = place.once("type", type, value);
        return this;
    }

    /** Mail to addresses; they may hold <code>${param.key}</code>. */
    public ChannelBuilder email(String... to) {
        return type("email").option("to", List.of(to));
    }

    /** Mail to the address that a workspace gives in a parameter. */
    public ChannelBuilder email(Parameter to) {
        return email("${param." + to.key() + "}");
    }

    /** Signed HTTP requests to a URL. */
    public ChannelBuilder webhook(String url) {
        return type("webhook").option("url", url);
    }

    /** Lines in the application's log. */
    public ChannelBuilder log() {
        return type("log");
    }

    /** Anything else the notifier needs. */
    public ChannelBuilder option(String name, Object value) {
        place.once(name, options.putIfAbsent(name, value), value);
        return this;
    }

    Renaming renaming() {
        return renaming;
    }

    Channel build(String key) {
        return new Channel(key, place.need("type", type, ""), options);
    }
}
