package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.ModelKind;
import io.datalifecycle.dlt.template.RefKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads models. */
final class ModelReader {

    private ModelReader() {}

    static Model read(String key, Fields fields) {
        Model model = new Model(
                key,
                fields.text("title"),
                fields.need(
                        "kind",
                        fields.oneOf("kind", ModelKind::of, StoreReader.labels(ModelKind.values(), ModelKind::label)),
                        ModelKind.ANOMALY),
                fields.needText("algorithm"),
                features(fields.needGroup("features")),
                fields.text("target"),
                training(fields.needGroup("train")),
                scoring(fields.needGroup("score")),
                PlainOptions.group(fields, "options"));
        fields.close();
        return model;
    }

    private static Model.Features features(Fields fields) {
        Model.Features features =
                new Model.Features(fields.needRef("from", null), fields.needTexts("columns"), fields.texts("by"));
        fields.close();
        return features;
    }

    private static Model.Training training(Fields fields) {
        Model.Training training = new Model.Training(
                fields.need("window", fields.duration("window"), Duration.ofDays(1)),
                fields.text("cron"),
                fields.group("promote_if").map(ModelReader::promoteIf));
        fields.close();
        return training;
    }

    private static Model.PromoteIf promoteIf(Fields fields) {
        String atLeast = fields.need("at_least", fields.anyScalar("at_least"), "champion");
        Model.PromoteIf promoteIf = new Model.PromoteIf(fields.needText("metric"), atLeast);
        if (!atLeast.equals("champion") && !atLeast.matches("-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]{1,2})?")) {
            fields.badValue("at_least", "at_least: \"" + atLeast + "\" is neither champion nor a number", "");
        }
        fields.close();
        return promoteIf;
    }

    private static Model.Scoring scoring(Fields fields) {
        Optional<String> after =
                fields.oneOf("after", word -> Optional.of(word).filter("refresh"::equals), List.of("refresh"));
        Model.Scoring scoring = new Model.Scoring(
                fields.needRef("into", RefKind.INFERENCESTORE), after.isPresent(), fields.text("cron"));
        fields.close();
        return scoring;
    }
}
