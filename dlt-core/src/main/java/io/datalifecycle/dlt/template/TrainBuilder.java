package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares when and on what a model is trained. Not thread-safe. */
public final class TrainBuilder {

    private final Place place;
    private @Nullable Duration window;
    private @Nullable String cron;
    private Model.@Nullable PromoteIf promoteIf;

    TrainBuilder(Place place) {
        this.place = place;
    }

    /** How much history, ending at the time of training. */
    public TrainBuilder window(Duration value) {
        window = place.once("window", window, value);
        return this;
    }

    /** Five or six fields in the workspace's zone. */
    public TrainBuilder cron(String value) {
        cron = place.once("cron", cron, value);
        return this;
    }

    /** Promotes a new version only when this metric is no worse than the champion's. */
    public TrainBuilder promoteIf(String metric) {
        return promoteIf(new Model.PromoteIf(metric, "champion"));
    }

    /** Promotes a new version only when this metric reaches a value. */
    public TrainBuilder promoteIf(String metric, double atLeast) {
        return promoteIf(new Model.PromoteIf(metric, Double.toString(atLeast)));
    }

    Model.Training build() {
        return new Model.Training(
                place.need("window", window, Duration.ofDays(1)),
                Optional.ofNullable(cron),
                Optional.ofNullable(promoteIf));
    }

    private TrainBuilder promoteIf(Model.PromoteIf value) {
        promoteIf = place.once("promote_if", promoteIf, value);
        return this;
    }
}
