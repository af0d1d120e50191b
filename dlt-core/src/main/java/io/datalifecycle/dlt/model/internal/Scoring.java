package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.model.ScoreResult;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.FeatureWriter;
import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.spi.Scorer;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores what is new and what has changed. Each batch of scores is written in one transaction with the position it stands for and
 * the state of the assets in it, so a run that is cut off anywhere goes on exactly there. Thread-safe; when two nodes score one model
 * at once, one of them is refused with a {@link io.datalifecycle.dlt.problem.ConflictException} and has written nothing twice.
 *
 * <p>A version's first run starts where the version before it stopped; the first version of all starts at its training window.
 */
public final class Scoring {

    private final Storage storage;
    private final InstantSource clock;
    private final DltListener listener;
    private final Algorithms algorithms;
    private final WarmScorers warm = new WarmScorers();

    public Scoring(Storage storage, InstantSource clock, DltListener listener, Algorithms algorithms) {
        this.storage = storage;
        this.clock = clock;
        this.listener = listener;
        this.algorithms = algorithms;
    }

    /**
     * Scores now with the champion. Throws {@code MODEL_NOT_TRAINED} when there is none and {@code MODEL_SIGNATURE} when the
     * template has moved away from what it was trained for.
     */
    public ScoreResult score(WorkspaceContext workspace, Model model) {
        long started = System.nanoTime();
        ModelStore.Version version =
                storage.models().champion(workspace, model.key()).orElseThrow(() -> notTrained(workspace, model));
        Signature signature = Signature.read(model.key(), version.signature());
        signature.requireMatch(model, version.number());
        ModelInput input = ModelInput.forScoring(workspace, model);
        ScoreColumns columns = ScoreColumns.of(workspace, model, input, signature.outputs(), version.number());
        Instant closed = input.closedBefore(workspace, clock.instant());
        String name = positionName(model, version.number());
        Optional<Checkpoint.Saved> saved = storage.rows().checkpoint(workspace, name);
        FeatureWriter.Consumer consumer = FeatureWriter.Consumer.model(model.key());
        List<FeatureWriter.Touched> touched = storage.features().pending(workspace, consumer);
        Earlier earlier = saved.isPresent() ? Earlier.NONE : Earlier.find(storage, workspace, version);
        Instant from = saved.map(s -> Instant.parse(s.position()))
                .or(earlier::position)
                .orElseGet(() -> firstStart(version));
        ScoreResult result;
        ScoreRun.Position position = new ScoreRun.Position(
                name,
                saved.map(Checkpoint.Saved::position),
                saved.map(Checkpoint.Saved::state).orElse(Map.of()),
                from);
        WarmScorers.Key key = new WarmScorers.Key(workspace.id(), model.key(), version.number());
        ScoreRun.Work work = new ScoreRun.Work(workspace, input, columns, position);
        try (ScoreRun run = new ScoreRun(
                storage, work, () -> warm.take(key, saved).orElseGet(() -> scorer(workspace, model, version, saved)))) {
            for (TimeRange range : Ranges.before(touched, input.store().ref(), from)) {
                run.rescore(range);
            }
            if (from.isBefore(closed)) {
                run.score(TimeRange.of(from, closed));
            }
            result = run.result(version.number());
            run.release((scorer, stands) -> warm.put(key, scorer, stands));
        }
        if (!touched.isEmpty()) {
            storage.features()
                    .taken(
                            workspace,
                            consumer,
                            touched.stream().map(FeatureWriter.Touched::id).toList());
        }
        earlier.release(storage, workspace, columns);
        listener.onScore(workspace, model.key(), result.rows(), Duration.ofNanos(System.nanoTime() - started));
        return result;
    }

    static String positionName(Model model, int version) {
        return positionName(model.key(), version);
    }

    static String positionName(String model, int version) {
        return "model:" + model + "@" + version;
    }

    private Scorer scorer(
            WorkspaceContext workspace, Model model, ModelStore.Version version, Optional<Checkpoint.Saved> saved) {
        byte[] content = storage.models().content(workspace, model.key(), version.number());
        Map<String, byte[]> state = saved.map(Checkpoint.Saved::state).orElse(Map.of());
        return algorithms
                .format(model.key(), version.format())
                .load(content, model.features().columns(), model.features().by(), state);
    }

    private static Instant firstStart(ModelStore.Version version) {
        String from = version.provenance().get("from");
        return from == null ? version.trainedAt() : Instant.parse(from);
    }

    private DltException notTrained(WorkspaceContext workspace, Model model) {
        List<ModelStore.Version> versions = storage.models().versions(workspace, model.key());
        String what = "model:" + model.key() + " of workspace " + workspace.key();
        if (versions.isEmpty()) {
            return new DltException(
                    ProblemCode.MODEL_NOT_TRAINED,
                    what + " was never trained; call workspace.model(\"" + model.key()
                            + "\").train() or wait for its schedule");
        }
        ModelStore.Version last = versions.get(versions.size() - 1);
        return new DltException(
                ProblemCode.MODEL_NOT_TRAINED,
                what + " has no version in use: version " + last.number() + " was "
                        + last.provenance().getOrDefault("promotion", "not promoted")
                        + "; loosen promote_if or train on better data");
    }
}
