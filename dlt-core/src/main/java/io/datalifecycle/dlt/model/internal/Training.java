package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.spi.ModelTrainer;
import io.datalifecycle.dlt.spi.ModelTrainer.TrainedModel;
import io.datalifecycle.dlt.spi.ModelTrainer.TrainingSet;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a model on the window that ends now, keeps it as a new version and promotes it when the model's condition allows. Only
 * buckets that have ended are learnt from. Thread-safe; training twice makes two versions.
 */
public final class Training {

    /** Most rows of one training set; they are held in memory. */
    public static final int MAX_ROWS = 2_000_000;

    /** Seed of a model whose options name none. */
    public static final long DEFAULT_SEED = 1;

    private static final int BATCH_ROWS = 20_000;

    private final Storage storage;
    private final InstantSource clock;
    private final DltListener listener;
    private final Algorithms algorithms;

    public Training(Storage storage, InstantSource clock, DltListener listener, Algorithms algorithms) {
        this.storage = storage;
        this.clock = clock;
        this.listener = listener;
        this.algorithms = algorithms;
    }

    /**
     * Trains now. Throws {@code ALGORITHM_UNKNOWN}, {@code MODEL_SIGNATURE} when the features do not exist, {@code TRAINING_DATA}
     * when there is not enough to learn from; then no version is made and the champion stays.
     */
    public ModelStore.Version train(WorkspaceContext workspace, Model model) {
        ModelInput input = ModelInput.forTraining(workspace, model);
        TimeRange window = window(workspace, model, input, clock.instant());
        RowBatch rows = read(workspace, model, input, window);
        Map<String, String> of = new LinkedHashMap<>();
        of.put("from", window.from().toString());
        of.put("to", window.to().toString());
        return learn(workspace, model, rows, input.store().time(), of);
    }

    /**
     * Trains now on rows that were put together by others. Throws as {@link #train(WorkspaceContext, Model)}.
     *
     * @param given has a column for all that the model reads
     */
    public ModelStore.Version train(WorkspaceContext workspace, Model model, GivenSet given) {
        RowBatch rows = given.read(model, MAX_ROWS);
        return learn(
                workspace, model, rows, given.time(), Map.of("source", "training set of " + rows.size() + " rows"));
    }

    private ModelStore.Version learn(
            WorkspaceContext workspace, Model model, RowBatch rows, String time, Map<String, String> of) {
        long started = System.nanoTime();
        ModelTrainer trainer = algorithms.trainer(model);
        long seed = seed(model);
        TrainedModel trained = trainer.train(new TrainingSet(
                model.algorithm(),
                rows,
                time,
                model.features().by(),
                model.features().columns(),
                model.target(),
                model.options(),
                seed));
        Promotion promotion = Promotion.decide(
                model.training().promoteIf(),
                trained.metrics(),
                storage.models().champion(workspace, model.key()));
        Map<String, String> provenance = provenance(workspace, model, of, rows, seed);
        provenance.put("trainer", trainer.getClass().getName());
        provenance.put("promotion", promotion.reason());
        provenance.putAll(trained.provenance());
        String signature = new Signature(
                        model.features().by(), model.features().columns(), trainer.outputs(model.algorithm()))
                .json();
        ModelStore.Version version = storage.models()
                .save(
                        workspace,
                        new ModelStore.Draft(
                                model.key(),
                                model.algorithm(),
                                trained.format(),
                                trained.content(),
                                signature,
                                trained.metrics(),
                                provenance));
        if (promotion.promote()) {
            storage.models().promote(workspace, model.key(), version.number());
        }
        listener.onTrain(workspace, model.key(), version.number(), Duration.ofNanos(System.nanoTime() - started));
        return saved(workspace, model, version);
    }

    private ModelStore.Version saved(WorkspaceContext workspace, Model model, ModelStore.Version version) {
        return storage.models().versions(workspace, model.key()).stream()
                .filter(v -> v.number() == version.number())
                .findFirst()
                .orElse(version); // read again: only now it says whether it is the champion
    }

    private static TimeRange window(WorkspaceContext workspace, Model model, ModelInput input, Instant now) {
        Instant to = input.closedBefore(workspace, now);
        Instant from = now.minus(model.training().window());
        return TimeRange.of(from.isBefore(to) ? from : to, to);
    }

    private RowBatch read(WorkspaceContext workspace, Model model, ModelInput input, TimeRange window) {
        RowBatch.Builder rows = RowBatch.builder(input.schema(), 1_024);
        long read = storage.reader()
                .scan(workspace, input.scan(window, BATCH_ROWS, MAX_ROWS + 1L), batch -> Cells.copyAll(batch, rows));
        if (read == 0) {
            throw none(workspace, model, input, window);
        }
        if (read > MAX_ROWS) {
            throw new DltException(
                    ProblemCode.TRAINING_DATA,
                    "model:" + model.key() + ": " + input.store().ref() + " has more than " + MAX_ROWS
                            + " rows between "
                            + window.from() + " and " + window.to() + "; shorten train.window ("
                            + model.training().window() + ") or train on a roll-up");
        }
        return rows.build();
    }

    private DltException none(WorkspaceContext workspace, Model model, ModelInput input, TimeRange window) {
        Optional<TimeRange> extent = storage.reader().extent(workspace, input.store());
        String there = extent.map(e -> "its rows lie between " + e.from() + " and " + e.to()
                        + "; widen train.window or load newer data")
                .orElse("it has no rows at all; ingest, refresh it, then train");
        return new DltException(
                ProblemCode.TRAINING_DATA,
                "model:" + model.key() + ": " + input.store().ref() + " has no rows between " + window.from() + " and "
                        + window.to() + ", " + there);
    }

    private static long seed(Model model) {
        Object seed = model.options().get("seed");
        if (seed == null) {
            return DEFAULT_SEED;
        }
        if (seed instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue())) {
            return number.longValue();
        }
        throw new DltException(
                ProblemCode.MODEL_OPTION, "model:" + model.key() + ": option seed is " + seed + ", use a whole number");
    }

    private static Map<String, String> provenance(
            WorkspaceContext workspace, Model model, Map<String, String> of, RowBatch rows, long seed) {
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("template", workspace.templateId().toString());
        provenance.putAll(of);
        provenance.put("rows", Integer.toString(rows.size()));
        provenance.put("seed", Long.toString(seed));
        provenance.put("options", model.options().toString());
        model.target().ifPresent(target -> provenance.put("target", target));
        return provenance;
    }
}
