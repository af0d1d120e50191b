package io.datalifecycle.dlt.workspace;

import java.util.OptionalLong;

/**
 * What a workspace may take in, beyond what a template says. A soft limit is told in the log and by {@link Usage#over}, a hard one refuses a
 * batch whole before anything of it is stored. Immutable.
 *
 * @param rowsPerSecond rows offered a second, averaged over ten seconds, on each node
 * @param rows rows that its datastores hold
 * @param bytes disk that its tables, indexes and quarantines take
 */
public record Quotas(Limit rowsPerSecond, Limit rows, Limit bytes) {

    /** No limits. */
    public static final Quotas NONE = new Quotas(Limit.NONE, Limit.NONE, Limit.NONE);

    /**
     * A limit. Immutable.
     *
     * @param soft from where it is told; empty for never
     * @param hard what is not passed; empty for no limit
     */
    public record Limit(OptionalLong soft, OptionalLong hard) {

        /** No limit. */
        public static final Limit NONE = new Limit(OptionalLong.empty(), OptionalLong.empty());

        public Limit {
            if (soft.isPresent() && soft.getAsLong() < 0 || hard.isPresent() && hard.getAsLong() < 0) {
                throw new IllegalArgumentException("limit: a number from 0 on is expected");
            }
            if (soft.isPresent() && hard.isPresent() && soft.getAsLong() > hard.getAsLong()) {
                throw new IllegalArgumentException("limit: the soft one is above the hard one");
            }
        }

        static Limit of(long soft, long hard) {
            return new Limit(OptionalLong.of(soft), OptionalLong.of(hard));
        }
    }

    /** The same with limits of rows a second. */
    public Quotas rowsPerSecond(long soft, long hard) {
        return new Quotas(Limit.of(soft, hard), rows, bytes);
    }

    /** The same with limits of rows. */
    public Quotas rows(long soft, long hard) {
        return new Quotas(rowsPerSecond, Limit.of(soft, hard), bytes);
    }

    /** The same with limits of bytes. */
    public Quotas bytes(long soft, long hard) {
        return new Quotas(rowsPerSecond, rows, Limit.of(soft, hard));
    }

    /**
     * What a workspace has. Immutable.
     *
     * @param rows rows of its datastores, counted now
     * @param bytes disk of its tables, indexes and quarantines now
     */
    public record Usage(long rows, long bytes) {

        /** Whether a soft limit of rows or bytes is passed. */
        public boolean over(Quotas quotas) {
            return quotas.rows().soft().isPresent()
                            && rows > quotas.rows().soft().getAsLong()
                    || quotas.bytes().soft().isPresent()
                            && bytes > quotas.bytes().soft().getAsLong();
        }
    }
}
