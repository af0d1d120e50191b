package io.datalifecycle.dlt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Editors complete every property, and the docs name every one with its default. */
final class PropertyDocsTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void theMetadataListsEveryPropertyWithItsDefault() throws IOException {
        SortedMap<String, String> listed = new TreeMap<>();
        for (JsonNode property : metadata()) {
            String name = property.get("name").asString();
            assertThat(property.path("description").asString("")).as(name).isNotBlank();
            listed.put(name, text(property.path("defaultValue")));
        }
        assertThat(listed).isEqualTo(properties("dlt", DltProperties.class));
    }

    @Test
    void theDocsTableIsTheMetadata() throws IOException {
        SortedMap<String, String> table = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "spring.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 5 && cells[1].contains("`dlt.")) {
                Matcher value = CODE.matcher(cells[3]);
                String given = value.find() ? value.group(1) : "";
                CODE.matcher(cells[1]).results().forEach(name -> table.put(name.group(1), given));
            }
        }
        assertThat(table).isEqualTo(properties("dlt", DltProperties.class));
    }

    private static JsonNode metadata() throws IOException {
        try (InputStream in = DltProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            assertThat(in).as("generated metadata").isNotNull();
            return JsonMapper.shared()
                    .readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .get("properties");
        }
    }

    private static String text(JsonNode value) {
        String text = value.isArray()
                ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
                : value.asString("");
        return text.startsWith("[") ? text.substring(1, text.length() - 1).replace(", ", ",") : text; // a list of enums
    }

    /** Names as they are written in a file, to their defaults; empty where there is none. */
    private static SortedMap<String, String> properties(String prefix, Class<?> type) {
        SortedMap<String, String> found = new TreeMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                found.putAll(properties(name, component.getType()));
            } else {
                found.putAll(Map.of(name, standard(type, component)));
            }
        }
        return found;
    }

    private static String standard(Class<?> type, RecordComponent component) {
        return Stream.of(type.getDeclaredConstructors()[0].getParameters())
                .filter(parameter -> parameter.getName().equals(component.getName()))
                .map(parameter -> parameter.getAnnotation(DefaultValue.class))
                .filter(given -> given != null)
                .map(given -> String.join(",", given.value()))
                .findFirst()
                .orElse("");
    }
}
