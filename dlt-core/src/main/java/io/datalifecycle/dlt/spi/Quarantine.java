package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Refused rows that wait to be mended and replayed. They leave it through {@link RowSink#replay}. Thread-safe. */
public interface Quarantine {

    /**
     * The oldest first.
     *
     * @param afterId only entries with a greater id; 0 from the first
     */
    List<Entry> list(WorkspaceContext workspace, Datastore store, Filter filter, long afterId, int limit);

    /** Number of rows by the label of their first reason ({@code /pressure minimum}), the most frequent first. */
    Map<String, Long> countByReason(WorkspaceContext workspace, Datastore store);

    /** Gives rows up. Gives how many there were. */
    long purge(WorkspaceContext workspace, Datastore store, Filter filter);

    /**
     * A refused row as it is kept. Immutable.
     *
     * @param id within the store
     * @param rejection line, reasons, payload
     * @param source where it came from
     * @param templateVersion version whose schema it broke
     * @param at when it came
     * @param expiresAt when maintenance may remove it
     */
    record Entry(
            long id, RowRejection rejection, String source, String templateVersion, Instant at, Instant expiresAt) {

        /** Where it came from and why it is here, without values. */
        @Override
        public String toString() {
            return "row " + id + " of " + source + ", " + rejection;
        }
    }

    /**
     * Which rows; all conditions hold together. Immutable.
     *
     * @param reason label of the first reason, as {@link Quarantine#countByReason} gives it
     * @param ids only these
     * @param cameBefore came before that instant
     * @param expiredBy expires at that instant or before
     */
    record Filter(
            Optional<String> reason,
            Optional<Set<Long>> ids,
            Optional<Instant> cameBefore,
            Optional<Instant> expiredBy) {

        private static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        public Filter {
            ids = ids.map(Set::copyOf);
        }

        /** Every row. */
        public static Filter all() {
            return ALL;
        }

        /** Rows whose first reason has this label, for instance {@code /pressure minimum}. */
        public static Filter reason(String label) {
            return new Filter(Optional.of(label), ALL.ids, ALL.cameBefore, ALL.expiredBy);
        }

        /** These rows. */
        public static Filter ids(Collection<Long> ids) {
            return new Filter(ALL.reason, Optional.of(Set.copyOf(ids)), ALL.cameBefore, ALL.expiredBy);
        }

        /** Rows that came before an instant. */
        public static Filter cameBefore(Instant instant) {
            return new Filter(ALL.reason, ALL.ids, Optional.of(instant), ALL.expiredBy);
        }

        /** Rows whose time is over at an instant. */
        public static Filter expiredBy(Instant instant) {
            return new Filter(ALL.reason, ALL.ids, ALL.cameBefore, Optional.of(instant));
        }

        /** Rows of this filter and of another; a condition of the other replaces the same one of this. */
        public Filter and(Filter other) {
            return new Filter(
                    other.reason.or(() -> reason),
                    other.ids.or(() -> ids),
                    other.cameBefore.or(() -> cameBefore),
                    other.expiredBy.or(() -> expiredBy));
        }
    }
}
