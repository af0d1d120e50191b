package io.datalifecycle.dlt.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Declares an as-of join. Not thread-safe. */
public final class JoinBuilder {

    private final Place place;
    private final String from;
    private final List<AsOfJoin.Joined> joins = new ArrayList<>();
    private @Nullable String defaultTime;
    private @Nullable String time;
    private @Nullable List<String> by;
    private @Nullable List<String> columns;

    JoinBuilder(Place place, String from) {
        this.place = place;
        this.from = from;
    }

    /** Time column of the driving store. */
    public JoinBuilder time(String value) {
        time = place.once("time", time, value);
        return this;
    }

    /** Columns that rows are matched on. */
    public JoinBuilder by(String... names) {
        by = place.once("by", by, List.of(names));
        return this;
    }

    /** Columns taken from the driving store. */
    public JoinBuilder columns(String... names) {
        columns = place.once("columns", columns, List.of(names));
        return this;
    }

    /** One joined store. */
    public JoinBuilder join(Store other, Consumer<JoinedBuilder> nested) {
        return join(other.ref().toString(), nested);
    }

    /** One joined store, named {@code kind:key}. */
    public JoinBuilder join(String other, Consumer<JoinedBuilder> nested) {
        JoinedBuilder builder = new JoinedBuilder(place.child("joins").child(joins.size()), other);
        nested.accept(builder);
        joins.add(builder.build());
        return this;
    }

    JoinBuilder defaultTime(String column) {
        defaultTime = column;
        return this;
    }

    AsOfJoin build() {
        return new AsOfJoin(
                place.ref("from", from, null),
                place.need("time", time == null ? defaultTime : time, ""),
                by == null ? List.of() : by,
                columns == null ? List.of() : columns,
                joins);
    }
}
