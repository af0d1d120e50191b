package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Each row of a store, joined with the latest earlier row of other stores. Immutable.
 *
 * @param from the driving store
 * @param time name of the driving store's time column
 * @param by columns that rows are matched on, of the same name in all stores
 * @param columns columns taken from the driving store
 * @param joins the other stores
 */
public record AsOfJoin(Ref from, String time, List<String> by, List<String> columns, List<Joined> joins)
        implements Transform {

    public AsOfJoin {
        by = List.copyOf(by);
        columns = List.copyOf(columns);
        joins = List.copyOf(joins);
    }

    @Override
    public TransformKind kind() {
        return TransformKind.JOIN;
    }

    @Override
    public List<Ref> sources() {
        List<Ref> all = new ArrayList<>();
        all.add(from);
        joins.forEach(join -> all.add(join.from()));
        return List.copyOf(all);
    }

    /**
     * One joined store. Immutable.
     *
     * @param from the store
     * @param columns its columns that are taken
     * @param prefix put before the taken columns' names, may be empty
     * @param within how old the matched row may be; empty for any age
     */
    public record Joined(Ref from, List<String> columns, String prefix, Optional<Duration> within) {

        public Joined {
            columns = List.copyOf(columns);
        }
    }
}
