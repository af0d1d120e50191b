package io.datalifecycle.dlt.template;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares where scores go and when. Not thread-safe. */
public final class ScoreBuilder {

    private final Place place;
    private @Nullable Ref into;
    private @Nullable Boolean afterRefresh;
    private @Nullable String cron;

    ScoreBuilder(Place place) {
        this.place = place;
    }

    /** The inferencestore. */
    public ScoreBuilder into(Inferencestore store) {
        into = place.once("into", into, store.ref());
        return this;
    }

    /** The inferencestore, as {@code inferencestore:key}. */
    public ScoreBuilder into(String store) {
        into = place.once("into", into, place.ref("into", store, RefKind.INFERENCESTORE));
        return this;
    }

    /** Scores whenever the features were refreshed (YAML {@code after: refresh}). */
    public ScoreBuilder afterRefresh() {
        afterRefresh = place.once("after", afterRefresh, true);
        return this;
    }

    /** Five or six fields in the workspace's zone. */
    public ScoreBuilder cron(String value) {
        cron = place.once("cron", cron, value);
        return this;
    }

    Model.Scoring build() {
        return new Model.Scoring(
                place.need("into", into, Ref.inferencestore("")), afterRefresh != null, Optional.ofNullable(cron));
    }
}
