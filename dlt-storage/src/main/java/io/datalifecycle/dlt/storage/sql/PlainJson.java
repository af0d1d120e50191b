package io.datalifecycle.dlt.storage.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Small maps of plain values as JSON text, for jsonb columns of DLT's own tables. */
public final class PlainJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PlainJson() {}

    public static String write(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** A JSON object; whole numbers come back as Long, others as Double. */
    public static Map<String, Object> map(String json) {
        Map<String, Object> map =
                new LinkedHashMap<>(JSON.readValue(json, new TypeReference<Map<String, Object>>() {}));
        map.replaceAll((key, value) -> value instanceof Integer number ? (Object) number.longValue() : value);
        return map;
    }

    /** A JSON object of texts. */
    public static Map<String, String> texts(String json) {
        return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    }

    /** A JSON object of numbers. */
    public static Map<String, Double> numbers(String json) {
        return JSON.readValue(json, new TypeReference<Map<String, Double>>() {});
    }
}
