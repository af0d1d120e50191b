package io.datalifecycle.dlt.fleet.internal;

import io.datalifecycle.dlt.plan.ApplyOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a fleet is upgraded. Immutable.
 *
 * @param waves how many waves there are
 * @param pause between waves
 * @param stopAt share of failures at which a wave stops
 * @param parallel how many workspaces at once
 * @param options how each plan is carried out
 * @param parameters values given to all
 * @param canary what is tried before
 */
public record Terms(
        int waves,
        Duration pause,
        double stopAt,
        int parallel,
        ApplyOptions options,
        Map<String, Object> parameters,
        Optional<Canary> canary) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public Terms {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * What is tried on copies. Immutable.
     *
     * @param workspaces keys of those that are copied
     * @param metrics metrics that are asked
     * @param alerts keys of alerts that are judged; {@code *} for all
     * @param tolerance by how much numbers may differ, as a share of the larger
     * @param informOnly whether it goes on whatever is found
     */
    public record Canary(
            List<String> workspaces,
            List<Question> metrics,
            List<String> alerts,
            double tolerance,
            boolean informOnly) {

        /** Stands for all alerts. */
        public static final String ALL = "*";

        public Canary {
            workspaces = List.copyOf(workspaces);
            metrics = List.copyOf(metrics);
            alerts = List.copyOf(alerts);
        }
    }

    /**
     * A metric with inputs. Immutable.
     *
     * @param metric its key
     * @param inputs plain values by name
     */
    public record Question(String metric, Map<String, Object> inputs) {

        public Question {
            inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        }
    }

    /** As it is kept. */
    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("waves", waves);
        json.put("pause", pause.toString());
        json.put("stop_at", stopAt);
        json.put("parallel", parallel);
        json.put("destructive", options.allowDestructive());
        json.put("backfill", options.backfill());
        json.put("lock_timeout", options.lockTimeout().toString());
        json.put("patience", options.patience().toString());
        json.put("parameters", parameters);
        canary.ifPresent(c -> {
            json.put("canary", c.workspaces());
            json.put(
                    "metrics",
                    c.metrics().stream()
                            .map(q -> Map.of("metric", q.metric(), "inputs", q.inputs()))
                            .toList());
            json.put("alerts", c.alerts());
            json.put("tolerance", c.tolerance());
            json.put("inform_only", c.informOnly());
        });
        return MAPPER.writeValueAsString(json);
    }

    /** The same again; whole numbers are Long as everywhere in the catalogue. */
    static Terms read(String text) {
        Map<String, Object> json = MAPPER.readValue(text, new TypeReference<Map<String, Object>>() {});
        return new Terms(
                ((Number) json.getOrDefault("waves", 1)).intValue(),
                time(json, "pause"),
                ((Number) json.getOrDefault("stop_at", 0)).doubleValue(),
                ((Number) json.getOrDefault("parallel", 1)).intValue(),
                new ApplyOptions(
                        Boolean.TRUE.equals(json.get("destructive")),
                        Boolean.TRUE.equals(json.get("backfill")),
                        time(json, "lock_timeout"),
                        time(json, "patience")),
                plain(json.get("parameters")),
                json.containsKey("canary") ? Optional.of(canary(json)) : Optional.empty());
    }

    private static Canary canary(Map<String, Object> json) {
        return new Canary(
                texts(json.get("canary")),
                ((List<?>) json.getOrDefault("metrics", List.of()))
                        .stream()
                                .map(Map.class::cast)
                                .map(q -> new Question(String.valueOf(q.get("metric")), plain(q.get("inputs"))))
                                .toList(),
                texts(json.get("alerts")),
                ((Number) json.getOrDefault("tolerance", 0)).doubleValue(),
                Boolean.TRUE.equals(json.get("inform_only")));
    }

    private static Duration time(Map<String, Object> json, String key) {
        return Duration.parse(String.valueOf(json.get(key)));
    }

    private static List<String> texts(@org.jspecify.annotations.Nullable Object list) {
        return list instanceof List<?> texts
                ? texts.stream().map(Object::toString).toList()
                : List.of();
    }

    private static Map<String, Object> plain(@org.jspecify.annotations.Nullable Object map) {
        Map<String, Object> plain = new LinkedHashMap<>();
        if (map instanceof Map<?, ?> given) {
            given.forEach((key, value) -> {
                if (value != null) {
                    plain.put(String.valueOf(key), value instanceof Integer n ? (Object) n.longValue() : value);
                }
            });
        }
        return plain;
    }
}
