package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.template.Model.PromoteIf;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a new version becomes the champion, and why. Immutable.
 *
 * @param promote the decision
 * @param reason for people, kept with the version
 */
record Promotion(boolean promote, String reason) {

    /** Metrics where less is better. */
    private static final Set<String> ERRORS = Set.of("rmse", "mae", "mse", "mape", "loss");

    static Promotion decide(
            Optional<PromoteIf> rule, Map<String, Double> metrics, Optional<ModelStore.Version> champion) {
        if (rule.isEmpty()) {
            return new Promotion(true, "promoted: no condition");
        }
        String metric = rule.get().metric();
        Double value = metrics.get(metric);
        if (rule.get().atLeast().equals("champion")) {
            return againstChampion(metric, value, metrics, champion);
        }
        if (value == null) {
            return notMeasured(metric, metrics);
        }
        return compare(metric, value, Double.parseDouble(rule.get().atLeast()), "the limit");
    }

    private static Promotion againstChampion(
            String metric, @Nullable Double value, Map<String, Double> metrics, Optional<ModelStore.Version> champion) {
        if (champion.isEmpty()) {
            return new Promotion(true, "promoted: first version");
        }
        Double before = champion.get().metrics().get(metric);
        if (before == null) { // nothing to be worse than; refusing would leave the first version in use for ever
            return new Promotion(true, "promoted: " + metric + " was not measured for the champion");
        }
        if (value == null) {
            return notMeasured(metric, metrics);
        }
        return compare(metric, value, before, "version " + champion.get().number());
    }

    private static Promotion compare(String metric, double value, double bar, String whose) {
        boolean good = ERRORS.contains(metric) ? value <= bar : value >= bar; // false for NaN either way
        return new Promotion(
                good,
                String.format(
                        Locale.ROOT,
                        "%s: %s %.6g against %.6g of %s",
                        good ? "promoted" : "not promoted",
                        metric,
                        value,
                        bar,
                        whose));
    }

    private static Promotion notMeasured(String metric, Map<String, Double> metrics) {
        return new Promotion(false, "not promoted: " + metric + " was not measured, only " + metrics.keySet());
    }
}
