package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.spi.RowSink;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The version that scored before this one, from whose position the new one goes on. Immutable.
 *
 * @param name of its checkpoint
 * @param saved that checkpoint; empty when no version has scored yet
 */
record Earlier(String name, Optional<Checkpoint.Saved> saved) {

    static final Earlier NONE = new Earlier("", Optional.empty());

    /** The newest other version with a position. */
    static Earlier find(Storage storage, WorkspaceContext workspace, ModelStore.Version version) {
        List<Integer> others = storage.models().versions(workspace, version.model()).stream()
                .map(ModelStore.Version::number)
                .filter(n -> n != version.number())
                .sorted(Comparator.reverseOrder())
                .toList();
        for (int other : others) {
            String name = Scoring.positionName(version.model(), other);
            Optional<Checkpoint.Saved> saved = storage.rows().checkpoint(workspace, name);
            if (saved.isPresent()) {
                return new Earlier(name, saved);
            }
        }
        return NONE;
    }

    Optional<Instant> position() {
        return saved.map(s -> Instant.parse(s.position()));
    }

    /**
     * Empties the state that nobody goes on from, so that nightly training does not pile it up; the position stays. Put back into
     * use, such a version goes on from what it learnt in training.
     */
    void release(Storage storage, WorkspaceContext workspace, ScoreColumns columns) {
        if (saved.isEmpty() || saved.get().state().values().stream().allMatch(part -> part.length == 0)) {
            return;
        }
        Map<String, byte[]> empty = new HashMap<>();
        saved.get().state().keySet().forEach(part -> empty.put(part, new byte[0]));
        String at = saved.get().position();
        storage.rows()
                .write(new RowSink.Write(
                        workspace,
                        columns.store(),
                        RowBatch.builder(columns.schema(), 0).build(),
                        List.of(),
                        false,
                        name,
                        Optional.empty(),
                        Optional.of(new Checkpoint(name, Optional.of(at), at, empty))));
    }
}
