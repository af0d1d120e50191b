package io.datalifecycle.dlt.connector.internal;

import io.datalifecycle.dlt.ingest.internal.Feed;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.ConnectorSource.Piece;
import java.util.Map;
import java.util.Optional;

/** Moves a lane's checkpoint with the batches of one piece. Not thread-safe. */
final class LanePosition implements Feed.Position {

    private final String name;
    private final Piece piece;
    private final PiecePosition before;
    private Optional<String> stored;

    /**
     * @param name of the checkpoint
     * @param stored text of the checkpoint now
     */
    LanePosition(String name, Piece piece, Optional<String> stored) {
        this.name = name;
        this.piece = piece;
        this.stored = stored;
        this.before = stored.map(PiecePosition::parse).orElse(PiecePosition.START);
    }

    @Override
    public long skip() {
        return before.piece().equals(piece.id()) ? before.rows() : 0;
    }

    @Override
    public Checkpoint after(long rows, boolean last) {
        PiecePosition next = last
                ? new PiecePosition(Optional.of(piece.next()), "", 0)
                : new PiecePosition(before.at(), piece.id(), rows);
        Optional<String> expected = stored;
        stored = Optional.of(next.text());
        return new Checkpoint(name, expected, next.text(), last ? piece.marks() : Map.of());
    }
}
