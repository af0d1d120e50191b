package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Joins rows of a time (entities) with what stores said at that time, never with what came later. Template SQL never runs here. Thread-safe.
 */
public interface PointInTime {

    /**
     * Gives each entity once, in the order it came, with the values of all features; null where there is none. All stores are read in one
     * read-only snapshot; memory is bounded by batches.
     *
     * @return number of rows given
     */
    long join(WorkspaceContext workspace, Request request, Entities entities, Consumer<RowBatch> rows);

    /** Where entities come from; read once, in the calling thread. */
    @FunctionalInterface
    interface Entities {

        /** Gives all entities in batches whose first columns are the request's. */
        void read(Consumer<RowBatch> batches);
    }

    /**
     * What to join. Immutable.
     *
     * @param entities columns of the entities, with those of every {@code by}
     * @param time name of the time column, which is never null
     * @param features what is looked up for each entity
     * @param known what of the stores' rows may be seen
     */
    record Request(RowSchema entities, String time, List<Feature> features, Known known) {
        public Request {
            features = List.copyOf(features);
        }

        /** Columns of the answer: the entities', then each feature's. */
        public RowSchema columns(WorkspaceContext workspace) {
            List<Column> columns = new ArrayList<>(entities.columns());
            features.forEach(feature -> columns.addAll(feature.given(workspace)));
            return new RowSchema(columns);
        }
    }

    /**
     * A store to look into. Immutable.
     *
     * @param store one of the workspace's
     * @param by columns that the latest row must have in common with the entity; null matches null; empty when any row may be the latest
     * @param columns what is taken of it
     * @param prefix put before the names of those columns, may be empty
     * @param within how old what is taken may be, exclusive; empty for any age
     * @param delayed how rows wait until they are known: to the end of their bucket; empty when they are known at their time
     */
    record Feature(
            Store store,
            List<String> by,
            List<String> columns,
            String prefix,
            Optional<Duration> within,
            Optional<Bucketing> delayed) {
        public Feature {
            by = List.copyOf(by);
            columns = List.copyOf(columns);
        }

        /** Columns of the answer that it fills. */
        public List<Column> given(WorkspaceContext workspace) {
            RowSchema all = StoreColumns.of(workspace.template(), store);
            return columns.stream()
                    .map(name -> all.column(all.indexOf(name)))
                    .map(column -> new Column(prefix + column.name(), column.type(), false, column.unit()))
                    .toList();
        }
    }

    /** Which version of a row may be seen. */
    enum Knowledge {
        /** The one that is stored now. */
        NOW,
        /** The one that was stored at the entity's time; for featurestores with a history. */
        THEN,
        /** The one that was stored at a given time; for featurestores with a history. */
        AT
    }

    /**
     * What of the stores' rows may be seen. Immutable.
     *
     * @param knowledge which version
     * @param at the time, for {@link Knowledge#AT} alone
     */
    record Known(Knowledge knowledge, Optional<Instant> at) {

        /** What is stored now. */
        public static final Known NOW = new Known(Knowledge.NOW, Optional.empty());

        /** What was stored at each entity's own time. */
        public static final Known THEN = new Known(Knowledge.THEN, Optional.empty());

        public Known {
            if (at.isPresent() != (knowledge == Knowledge.AT)) {
                throw new IllegalArgumentException("at: is needed for AT, and for nothing else");
            }
        }

        /** What was stored at that time. */
        public static Known at(Instant instant) {
            return new Known(Knowledge.AT, Optional.of(instant));
        }
    }
}
