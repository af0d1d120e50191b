package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A training pipeline and how its model scores. Immutable.
 *
 * @param key name
 * @param title name for people
 * @param kind what it does
 * @param algorithm name a trainer plug-in answers to: {@code random-cut-forest}, {@code cart-regression}, …
 * @param features what it learns from and scores
 * @param target column to predict, of the feature's source; empty for anomaly and clustering
 * @param training window and schedule
 * @param scoring where scores go and when
 * @param options hyperparameters, given to the trainer
 */
public record Model(
        String key,
        Optional<String> title,
        ModelKind kind,
        String algorithm,
        Features features,
        Optional<String> target,
        Training training,
        Scoring scoring,
        Map<String, Object> options) {

    public Model {
        options = Values.options(options);
    }

    /**
     * Columns of a store that a model reads. Immutable.
     *
     * @param from the store
     * @param columns the inputs, numeric, in the order the model sees them
     * @param by columns that name the asset; state is kept per combination
     */
    public record Features(Ref from, List<String> columns, List<String> by) {

        public Features {
            columns = List.copyOf(columns);
            by = List.copyOf(by);
        }
    }

    /**
     * When and on what a model is trained. Immutable.
     *
     * @param window how much history, ending at the time of training
     * @param cron schedule in the workspace's zone; empty when only trained by hand
     * @param promoteIf when a new version becomes the champion; empty for always
     */
    public record Training(Duration window, Optional<String> cron, Optional<PromoteIf> promoteIf) {}

    /**
     * Condition for promotion. Immutable.
     *
     * @param metric a metric of the model version: {@code f1}, {@code rmse}, {@code accuracy}, …
     * @param atLeast {@code champion} to be no worse than the present one, or a number as text
     */
    public record PromoteIf(String metric, String atLeast) {}

    /**
     * Where scores go and when. Immutable.
     *
     * @param into the inferencestore
     * @param afterRefresh whether it scores whenever its features were refreshed
     * @param cron schedule in the workspace's zone, instead of or besides {@code afterRefresh}
     */
    public record Scoring(Ref into, boolean afterRefresh, Optional<String> cron) {}
}
