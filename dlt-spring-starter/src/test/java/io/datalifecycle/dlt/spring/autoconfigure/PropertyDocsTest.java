package io.datalifecycle.dlt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Editors complete every property, and the docs name every one of them. */
final class PropertyDocsTest {

    @Test
    void theDocsNameEveryPropertyOfTheMetadata() throws IOException {
        List<String> names = new ArrayList<>();
        try (InputStream in = DltProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            assertThat(in).as("generated metadata").isNotNull();
            for (JsonNode property : JsonMapper.shared()
                    .readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .get("properties")) {
                names.add(property.get("name").asString());
                assertThat(property.path("description").asString(""))
                        .as(names.get(names.size() - 1))
                        .isNotBlank();
            }
        }
        assertThat(names)
                .contains("dlt.enabled", "dlt.mail.host", "dlt.schedule.threads")
                .hasSizeGreaterThan(12);
        String docs = Files.readString(Path.of("..", "docs", "spring.md"));
        assertThat(names).allSatisfy(name -> assertThat(docs).contains("`" + name + "`"));
    }
}
