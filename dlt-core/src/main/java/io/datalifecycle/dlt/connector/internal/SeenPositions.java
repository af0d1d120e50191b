package io.datalifecycle.dlt.connector.internal;

import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.ConnectorSource.Piece;
import io.datalifecycle.dlt.spi.ConnectorSource.Positions;
import io.datalifecycle.dlt.spi.RowSink;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Stored positions as a source sees them while it makes a piece. The piece moves its lane from what was seen, so that a piece that was
 * fetched before somebody else moved the lane conflicts instead of setting it back. Not thread-safe.
 */
final class SeenPositions implements Positions {

    private final RowSink rows;
    private final WorkspaceContext workspace;
    private final Connector connector;
    private final Map<String, Optional<String>> seen = new HashMap<>();

    SeenPositions(RowSink rows, WorkspaceContext workspace, Connector connector) {
        this.rows = rows;
        this.workspace = workspace;
        this.connector = connector;
    }

    @Override
    public Optional<Checkpoint.Saved> of(String lane) {
        return stored(lane)
                .flatMap(saved ->
                        PiecePosition.parse(saved.position()).at().map(at -> new Checkpoint.Saved(at, saved.state())));
    }

    private Optional<Checkpoint.Saved> stored(String lane) {
        Optional<Checkpoint.Saved> saved = rows.checkpoint(workspace, name(connector, lane));
        seen.put(lane, saved.map(Checkpoint.Saved::position));
        return saved;
    }

    /** Moves the lane of a piece from where it was seen. */
    LanePosition move(Piece piece) {
        if (!seen.containsKey(piece.lane())) {
            stored(piece.lane());
        }
        return new LanePosition(
                name(connector, piece.lane()), piece, seen.getOrDefault(piece.lane(), Optional.empty()));
    }

    /** Name of a lane's checkpoint; lanes begin with the name of the source's only one. */
    static String name(Connector connector, String lane) {
        return "connector:" + connector.key() + (lane.isEmpty() ? "" : "#" + lane);
    }
}
