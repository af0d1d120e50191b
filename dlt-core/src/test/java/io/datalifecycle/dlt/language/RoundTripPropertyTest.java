package io.datalifecycle.dlt.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.template.Template;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripPropertyTest {

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsWrittenReadsBackAndIsWrittenTheSame(long seed) {
        Template template = RandomRenames.of(RandomTemplates.of(seed), seed);
        String yaml = TemplateWriter.yaml(template);
        String json = TemplateWriter.json(template);

        Template fromYaml = TemplateReader.read(yaml).template();
        Template fromJson = TemplateReader.read(json).template();

        assertThat(fromYaml).isEqualTo(template);
        assertThat(fromJson).isEqualTo(template);
        assertThat(TemplateWriter.yaml(fromYaml)).isEqualTo(yaml);
        assertThat(TemplateWriter.json(fromJson)).isEqualTo(json);
        assertThat(TemplateWriter.id(fromYaml)).isEqualTo(TemplateWriter.id(fromJson));
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }
}
