package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.ingest.Rows;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An open source. It gives pieces; the position after a piece is stored in the transaction of the piece's last rows, so a piece counts as
 * read exactly when its rows are in. Used by one thread at a time.
 */
public interface ConnectorSource extends AutoCloseable {

    /**
     * The next piece after the stored positions, or empty when there is none now. A piece whose rows were only partly stored (the process
     * died) must come again under the same id with the same rows in the same order; rows that are in are then skipped.
     *
     * @param patience longest wait for something to come; zero to answer at once
     * @throws io.datalifecycle.dlt.problem.DltException with {@code CONNECTOR_FAILED} when the source cannot be read
     */
    Optional<Piece> poll(Positions positions, Duration patience);

    /** Called after a piece is in, or was given up; may acknowledge, move or delete. Called again when the process died in between. */
    void settled(Piece piece, Outcome outcome);

    /** How much waits behind the stored positions; empty when the source cannot tell. */
    Optional<Lag> lag(Positions positions);

    @Override
    void close();

    /** Stored positions. */
    interface Positions {

        /** Position after the last piece of a lane, with its marks; empty before the first. */
        Optional<Checkpoint.Saved> of(String lane);
    }

    /**
     * A piece of a source. Immutable.
     *
     * @param lane part of the source with a position of its own, for instance a partition; empty when there is one only
     * @param id the same for the same rows, at most 500 characters
     * @param rows its rows; read once, or again after a failure
     * @param next position of the lane once the piece is in
     * @param marks small values kept beside the position, by name; no bytes remove one
     * @param again whether a piece that breaks while it is read is fetched again (a network), or given up for what was good (a file)
     */
    record Piece(String lane, String id, Rows rows, String next, Map<String, byte[]> marks, boolean again) {
        public Piece {
            Objects.requireNonNull(rows, "rows");
            marks = Collections.unmodifiableMap(new LinkedHashMap<>(marks));
            if (id.isEmpty() || id.length() > 500) {
                throw new IllegalArgumentException("id: 1 to 500 characters are expected");
            }
        }
    }

    /**
     * What became of a piece. Immutable.
     *
     * @param readable whether all of it could be read; rows that were refused do not count against it
     * @param reason why not, else empty
     */
    record Outcome(boolean readable, String reason) {

        /** All of it was read. */
        public static final Outcome READ = new Outcome(true, "");
    }

    /**
     * What waits. Immutable.
     *
     * @param waiting number of {@code unit}s
     * @param unit what is counted: {@code files}, {@code messages}, {@code rows}
     * @param age age of the oldest, where the source knows
     */
    record Lag(long waiting, String unit, Optional<Duration> age) {}
}
