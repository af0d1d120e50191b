package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model version takes and gives. Immutable.
 *
 * @param by columns that name the asset
 * @param features input columns in the model's order
 * @param outputs columns its scorer gives
 */
record Signature(List<String> by, List<String> features, List<Column> outputs) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    Signature {
        by = List.copyOf(by);
        features = List.copyOf(features);
        outputs = List.copyOf(outputs);
    }

    String json() {
        Map<String, String> gives = new LinkedHashMap<>();
        outputs.forEach(c -> gives.put(c.name(), c.type().label()));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("by", by);
        all.put("features", features);
        all.put("outputs", gives);
        return JSON.writeValueAsString(all);
    }

    static Signature read(String model, String json) {
        try {
            JsonNode node = JSON.readTree(json);
            List<Column> outputs = new ArrayList<>();
            node.path("outputs")
                    .properties()
                    .forEach(e -> outputs.add(Column.of(
                            e.getKey(), ColumnType.of(e.getValue().asString()).orElseThrow())));
            return new Signature(texts(node.path("by")), texts(node.path("features")), outputs);
        } catch (JacksonException | java.util.NoSuchElementException e) {
            throw new DltException(
                    ProblemCode.MODEL_SIGNATURE,
                    "model:" + model + ": the signature of the stored version cannot be read; train the model again",
                    e);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(n -> texts.add(n.asString()));
        return texts;
    }

    /** Throws {@code MODEL_SIGNATURE} when the model as declared now is not what the version was trained for. */
    void requireMatch(Model model, int version) {
        if (!features.equals(model.features().columns())
                || !by.equals(model.features().by())) {
            throw new DltException(
                    ProblemCode.MODEL_SIGNATURE,
                    "model:" + model.key() + ": version " + version + " was trained on " + features + " by " + by
                            + ", the template now says " + model.features().columns() + " by "
                            + model.features().by() + "; train the model again");
        }
    }
}
