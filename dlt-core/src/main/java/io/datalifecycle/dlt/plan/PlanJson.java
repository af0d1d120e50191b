package io.datalifecycle.dlt.plan;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.template.TemplateId;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes a plan for machines. */
final class PlanJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private PlanJson() {}

    static String of(Plan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("workspace", plan.workspace());
        json.put("from", id(plan.from()));
        json.put("to", id(plan.to()));
        json.put("empty", plan.isEmpty());
        json.put("class", plan.changeClass().label());
        json.put("destructive", plan.isDestructive());
        json.put("refused", plan.isRefused());
        json.put("problems", plan.problems().stream().map(PlanJson::problem).toList());
        json.put("changes", plan.changes().stream().map(PlanJson::change).toList());
        json.put("steps", plan.steps().stream().map(PlanJson::step).toList());
        return MAPPER.writeValueAsString(json);
    }

    private static Map<String, Object> id(TemplateId id) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", id.key());
        json.put("version", id.version());
        json.put("hash", id.hash());
        return json;
    }

    private static Map<String, Object> problem(Problem problem) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", problem.code().label());
        json.put("severity", problem.severity().name().toLowerCase(java.util.Locale.ROOT));
        json.put("pointer", problem.pointer());
        json.put("message", problem.message());
        json.put("hint", problem.hint());
        return json;
    }

    private static Map<String, Object> change(Change change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", change.kind().label());
        json.put("item", change.item());
        change.was().ifPresent(was -> json.put("was", was));
        json.put("class", change.changeClass().label());
        json.put("breaking", change.breaking());
        json.put("reason", change.reason());
        json.put("affects", change.affects());
        return json;
    }

    private static Map<String, Object> step(PlanStep step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", step.kind().label());
        json.put("item", step.item());
        json.put("text", step.text());
        step.rows().ifPresent(rows -> json.put("rows", rows));
        step.estimate().ifPresent(time -> json.put("seconds", time.toMillis() / 1_000.0));
        return json;
    }
}
