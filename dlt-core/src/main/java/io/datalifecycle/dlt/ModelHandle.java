package io.datalifecycle.dlt;

import io.datalifecycle.dlt.model.ScoreResult;
import io.datalifecycle.dlt.model.internal.GivenSet;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ModelStore.Version;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.List;
import java.util.Optional;

/** A model of a workspace. Thread-safe. */
public final class ModelHandle {

    private final Engine engine;
    private final WorkspaceContext workspace;
    private final Model model;

    ModelHandle(Engine engine, WorkspaceContext workspace, Model model) {
        this.engine = engine;
        this.workspace = workspace;
        this.model = model;
    }

    public String key() {
        return model.key();
    }

    /** Trains a new version on the window that ends now; it becomes the champion when the template's rule allows. */
    public Version train() {
        return engine.training.train(workspace, model);
    }

    /**
     * Trains a new version on a training set of this workspace, which has a column for each feature, {@code by} column and the target; its
     * provenance says so. The template's window does not count, its rule for the champion does.
     */
    public Version train(TrainingSet set) {
        if (!set.prepared.workspace().id().equals(workspace.id())) {
            throw new InvalidInputException(
                    ProblemCode.TRAINING_SET,
                    "model:" + model.key() + " of workspace " + workspace.key() + ": the training set is of workspace "
                            + set.prepared.workspace().key());
        }
        return engine.training.train(
                workspace,
                model,
                new GivenSet(set.columns(), set.prepared.request().time(), set::rows));
    }

    /** Scores everything that is new or changed since the last call, with the champion. */
    public ScoreResult score() {
        return engine.scoring.score(workspace, model);
    }

    /** All versions, the first first. */
    public List<Version> versions() {
        return engine.storage.models().versions(workspace, model.key());
    }

    /** The version in use; empty before the first training. */
    public Optional<Version> champion() {
        return engine.storage.models().champion(workspace, model.key());
    }

    /** Puts a version into use. */
    public void promote(int version) {
        engine.storage.models().promote(workspace, model.key(), version);
    }
}
