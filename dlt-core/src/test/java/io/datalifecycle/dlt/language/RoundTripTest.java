package io.datalifecycle.dlt.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundTripTest {

    @Test
    void yamlAndJavaSayTheSame() {
        assertThat(TemplateReader.read(resource("pump_station.yaml")).template())
                .isEqualTo(PumpStation.TEMPLATE);
    }

    @Test
    void canonicalYamlReadsBackAndWritesTheSameBytes() {
        Template fromYaml = TemplateReader.read(resource("pump_station.yaml")).template();
        String yaml = TemplateWriter.yaml(fromYaml);

        assertThat(yaml).isEqualTo(TemplateWriter.yaml(PumpStation.TEMPLATE));
        assertThat(TemplateReader.read(yaml).template()).isEqualTo(fromYaml);
        assertThat(TemplateWriter.yaml(TemplateReader.read(yaml).template())).isEqualTo(yaml);
    }

    @Test
    void jsonReadsBack() {
        String json = TemplateWriter.json(PumpStation.TEMPLATE);

        assertThat(TemplateReader.read(json).template()).isEqualTo(PumpStation.TEMPLATE);
    }

    @Test
    void canonicalYamlStaysAsItIs() {
        assertThat(TemplateWriter.yaml(PumpStation.TEMPLATE)).isEqualTo(resource("pump_station.canonical.yaml"));
    }

    /** Published versions are told by their hash: new words of the language must not change what is written without them. */
    @ParameterizedTest
    @CsvSource({
        "pump_station.yaml, b8ce63ab294291a7edc14504db76b7c9bede5a8d838fb861f7ce730ae0c52638",
        "before_features.yaml, 0ec0f873d0c2928809ee5ac129d71fb013590602f129c56a6545b097a151b23b",
    })
    void templatesWithoutNewWordsKeepTheirHash(String sample, String hash) {
        Template template = TemplateReader.read(resource(sample)).template();

        assertThat(TemplateWriter.id(template).hash()).isEqualTo(hash);
        assertThat(TemplateWriter.yaml(template)).isEqualTo(resource(sample.replace(".yaml", ".canonical.yaml")));
    }

    @Test
    void identityDependsOnContentAndNotOnTitlesOrOrder() {
        Template one = TemplateReader.read("""
                dlt: 1
                key: a
                version: 1.0.0
                title: One
                parameters: {p: {type: number, default: 1}, q: {type: string, title: Q}}
                """).template();
        Template sameContent = TemplateReader.read("""
                version: "1.0.0"
                key: a
                dlt: 1
                parameters: {q: {type: string}, p: {default: 1.0, type: number}}
                """).template();
        Template otherContent = TemplateReader.read("{\"dlt\":1,\"key\":\"a\",\"version\":\"1.0.0\"}")
                .template();

        assertThat(TemplateWriter.id(one))
                .isEqualTo(TemplateWriter.id(sameContent))
                .hasToString("a:1.0.0");
        assertThat(TemplateWriter.id(one).hash())
                .hasSize(64)
                .isNotEqualTo(TemplateWriter.id(otherContent).hash());
    }

    static String resource(String name) {
        try (InputStream in = RoundTripTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
