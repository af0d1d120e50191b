package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.ModelKind;
import io.datalifecycle.dlt.template.Store;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Models: features, target, window, schedule, and whether the inferencestore fits. */
final class ModelCheck {

    private static final Set<ModelKind> WITH_TARGET =
            Set.of(ModelKind.REGRESSION, ModelKind.CLASSIFICATION, ModelKind.FORECAST);

    private ModelCheck() {}

    static void check(Findings findings) {
        ZoneId zone = findings.template().timezone();
        for (Model model : findings.template().models()) {
            String pointer = JsonPointer.child("/models", model.key());
            if (model.algorithm().isBlank()) {
                findings.error(ProblemCode.MISSING_KEY, pointer, "algorithm is missing", "");
            }
            features(findings, model, pointer);
            target(findings, model, pointer);
            training(findings, model, pointer);
            model.training().cron().ifPresent(cron -> findings.cron(cron, zone, pointer + "/train/cron"));
            model.scoring().cron().ifPresent(cron -> findings.cron(cron, zone, pointer + "/score/cron"));
            findings.store(model.scoring().into(), pointer + "/score/into");
            findings.template()
                    .inferencestore(model.scoring().into().key())
                    .ifPresent(store -> scores(findings, model, store, pointer));
        }
    }

    private static void features(Findings findings, Model model, String pointer) {
        Model.Features features = model.features();
        findings.store(features.from(), pointer + "/features/from");
        if (features.columns().isEmpty()) {
            findings.error(
                    ProblemCode.BAD_VALUE, pointer + "/features/columns", "a model needs at least one column", "");
        }
        for (int i = 0; i < features.columns().size(); i++) {
            String at = JsonPointer.child(pointer + "/features/columns", i);
            findings.column(features.from(), features.columns().get(i), at)
                    .filter(column -> !column.type().isNumeric())
                    .ifPresent(column -> findings.error(
                            ProblemCode.WRONG_TYPE,
                            at,
                            "column " + column.name() + " is " + column.type().label() + ", a model reads numbers",
                            "leave it out"));
        }
        FeatureCheck.columns(findings, features.from(), features.by(), pointer + "/features/by");
    }

    private static void target(Findings findings, Model model, String pointer) {
        boolean needed = WITH_TARGET.contains(model.kind());
        if (needed && model.target().isEmpty()) {
            findings.error(
                    ProblemCode.MISSING_KEY,
                    pointer,
                    "a model of kind " + model.kind().label() + " needs a target",
                    "name the column to predict");
        } else if (!needed && model.target().isPresent()) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer + "/target",
                    "a model of kind " + model.kind().label() + " has no target",
                    "leave it out");
        } else if (model.target().isPresent()) {
            findings.column(model.features().from(), model.target().get(), pointer + "/target")
                    .filter(column -> model.kind() != ModelKind.CLASSIFICATION
                            && !column.type().isNumeric())
                    .ifPresent(column -> findings.error(
                            ProblemCode.WRONG_TYPE,
                            pointer + "/target",
                            "column " + column.name() + " is " + column.type().label() + ", a number is needed",
                            ""));
        }
    }

    private static void training(Findings findings, Model model, String pointer) {
        String at = pointer + "/train/window";
        if (model.training().window().isZero() || model.training().window().isNegative()) {
            findings.error(ProblemCode.BAD_VALUE, at, "the window is empty", "for instance P30D");
        }
        Optional<Store> source = findings.template().store(model.features().from());
        source.ifPresent(
                store -> Spans.reachesBack(findings, store, model.training().window(), at, "training"));
    }

    /** The key of a score must come from the scored row. */
    private static void scores(Findings findings, Model model, Inferencestore store, String pointer) {
        List<String> declared =
                store.columns().stream().map(column -> column.name()).toList();
        for (String name : store.naturalKey()) {
            boolean given = name.equals(store.time())
                    || declared.contains(name)
                    || model.features().by().contains(name);
            if (!given) {
                findings.error(
                        ProblemCode.BAD_VALUE,
                        pointer + "/score/into",
                        store.ref() + " has " + name
                                + " in its natural key, which is not in by of the model's features",
                        "add " + name + " to by");
            }
        }
        for (String name : model.features().by()) {
            if (!store.naturalKey().contains(name)) {
                findings.error(
                        ProblemCode.BAD_VALUE,
                        pointer + "/score/into",
                        "scores per " + name + " would overwrite each other, the natural key of " + store.ref()
                                + " lacks " + name,
                        "add " + name + " to natural_key of " + store.ref());
            }
        }
    }
}
