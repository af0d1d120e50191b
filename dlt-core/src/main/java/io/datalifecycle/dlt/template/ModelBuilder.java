package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Declares a model: its kind and algorithm, what it learns from, when it is trained and where its scores go. Not thread-safe. */
public final class ModelBuilder {

    private final Place place;
    private final Renaming renaming;
    private final Map<String, Object> options = new LinkedHashMap<>();
    private @Nullable String title;
    private @Nullable ModelKind kind;
    private @Nullable String algorithm;
    private Model.@Nullable Features features;
    private @Nullable String target;
    private Model.@Nullable Training training;
    private Model.@Nullable Scoring scoring;

    ModelBuilder(Place place) {
        this.place = place;
        this.renaming = new Renaming(place);
    }

    /** Key that it had in the version before; its rows and states are kept. */
    public ModelBuilder renamedFrom(String oldKey) {
        renaming.from(oldKey);
        return this;
    }

    /** Name for people. */
    public ModelBuilder title(String value) {
        title = place.once("title", title, value);
        return this;
    }

    /** Makes it a model of kind anomaly, trained by an algorithm. */
    public ModelBuilder anomaly(String algorithm) {
        return kind(ModelKind.ANOMALY, algorithm);
    }

    /** Makes it a model of kind regression, trained by an algorithm. */
    public ModelBuilder regression(String algorithm) {
        return kind(ModelKind.REGRESSION, algorithm);
    }

    /** Makes it a model of kind classification, trained by an algorithm. */
    public ModelBuilder classification(String algorithm) {
        return kind(ModelKind.CLASSIFICATION, algorithm);
    }

    /** Makes it a model of kind clustering, trained by an algorithm. */
    public ModelBuilder clustering(String algorithm) {
        return kind(ModelKind.CLUSTERING, algorithm);
    }

    /** Makes it a model of kind forecast, trained by an algorithm. */
    public ModelBuilder forecast(String algorithm) {
        return kind(ModelKind.FORECAST, algorithm);
    }

    /** Makes it a model of kind transform, trained by an algorithm. */
    public ModelBuilder transform(String algorithm) {
        return kind(ModelKind.TRANSFORM, algorithm);
    }

    /** What it learns from and scores. */
    public ModelBuilder features(Store from, Consumer<FeaturesBuilder> nested) {
        return features(from.ref().toString(), nested);
    }

    /** What it learns from and scores: a store named {@code kind:key}. */
    public ModelBuilder features(String from, Consumer<FeaturesBuilder> nested) {
        FeaturesBuilder builder = new FeaturesBuilder(place.child("features"), from);
        nested.accept(builder);
        features = place.once("features", features, builder.build());
        return this;
    }

    /** The column it predicts. */
    public ModelBuilder target(String value) {
        target = place.once("target", target, value);
        return this;
    }

    /** Window and schedule of its training. */
    public ModelBuilder train(Consumer<TrainBuilder> nested) {
        TrainBuilder builder = new TrainBuilder(place.child("train"));
        nested.accept(builder);
        training = place.once("train", training, builder.build());
        return this;
    }

    /** Where its scores go and when. */
    public ModelBuilder score(Consumer<ScoreBuilder> nested) {
        ScoreBuilder builder = new ScoreBuilder(place.child("score"));
        nested.accept(builder);
        scoring = place.once("score", scoring, builder.build());
        return this;
    }

    /** A hyperparameter. */
    public ModelBuilder option(String name, Object value) {
        place.child("options").once(name, options.putIfAbsent(name, value), value);
        return this;
    }

    Renaming renaming() {
        return renaming;
    }

    Model build(String key) {
        return new Model(
                key,
                Optional.ofNullable(title),
                place.need("kind", kind, ModelKind.ANOMALY),
                algorithm == null ? "" : algorithm,
                place.need("features", features, new Model.Features(Ref.featurestore(""), List.of(), List.of())),
                Optional.ofNullable(target),
                place.need(
                        "train", training, new Model.Training(Duration.ofDays(1), Optional.empty(), Optional.empty())),
                place.need("score", scoring, new Model.Scoring(Ref.inferencestore(""), false, Optional.empty())),
                options);
    }

    private ModelBuilder kind(ModelKind value, String name) {
        kind = place.once("kind", kind, value);
        algorithm = place.once("algorithm", algorithm, name);
        return this;
    }
}
