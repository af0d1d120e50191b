package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ModelFormat;
import io.datalifecycle.dlt.spi.ModelTrainer;
import io.datalifecycle.dlt.template.Model;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The trainers and formats that plug-ins have added, by name. Immutable, thread-safe. Two for one name are refused with
 * {@code PLUGIN_CONFLICT}.
 */
public final class Algorithms {

    private final Map<String, ModelTrainer> trainers;
    private final Map<String, ModelFormat> formats;

    private Algorithms(Map<String, ModelTrainer> trainers, Map<String, ModelFormat> formats) {
        this.trainers = trainers;
        this.formats = formats;
    }

    /** Collects what was added. */
    public static Algorithms of(Collection<ModelTrainer> trainers, Collection<ModelFormat> formats) {
        Map<String, ModelTrainer> byAlgorithm = new TreeMap<>();
        trainers.forEach(trainer -> trainer.algorithms()
                .forEach(name -> refuseSecond("algorithm", name, byAlgorithm.put(name, trainer), trainer)));
        Map<String, ModelFormat> byName = new TreeMap<>();
        formats.forEach(
                format -> refuseSecond("model format", format.name(), byName.put(format.name(), format), format));
        return new Algorithms(Collections.unmodifiableMap(byAlgorithm), Collections.unmodifiableMap(byName));
    }

    /** The trainer of a model's algorithm; throws {@code ALGORITHM_UNKNOWN} when there is none or it does something else. */
    public ModelTrainer trainer(Model model) {
        ModelTrainer trainer = trainers.get(model.algorithm());
        if (trainer == null) {
            throw new DltException(
                    ProblemCode.ALGORITHM_UNKNOWN,
                    "model:" + model.key() + ": no plug-in offers the algorithm " + model.algorithm() + "; "
                            + offered(model));
        }
        if (trainer.kind(model.algorithm()) != model.kind()) {
            throw new DltException(
                    ProblemCode.ALGORITHM_UNKNOWN,
                    "model:" + model.key() + ": " + model.algorithm() + " is for "
                            + trainer.kind(model.algorithm()).label() + ", the model is declared as "
                            + model.kind().label() + "; "
                            + offered(model));
        }
        return trainer;
    }

    /** The reader of a format; throws {@code ALGORITHM_UNKNOWN} when there is none. */
    public ModelFormat format(String model, String format) {
        ModelFormat known = formats.get(format);
        if (known == null) {
            throw new DltException(
                    ProblemCode.ALGORITHM_UNKNOWN,
                    "model:" + model + ": no plug-in reads models of format " + format
                            + "; add the plug-in that trained it, or train the model again");
        }
        return known;
    }

    private String offered(Model model) {
        String names = trainers.entrySet().stream()
                .filter(e -> e.getValue().kind(e.getKey()) == model.kind())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? "add a plug-in for " + model.kind().label() + " (new MlPlugin() of dlt-ml has the usual ones)"
                : "for " + model.kind().label() + " there are: " + names;
    }

    private static void refuseSecond(String what, String name, @Nullable Object before, Object now) {
        if (before != null) {
            throw new DltException(
                    ProblemCode.PLUGIN_CONFLICT,
                    what + " " + name + " is offered twice, by "
                            + before.getClass().getName() + " and "
                            + now.getClass().getName() + "; leave one of them out");
        }
    }
}
