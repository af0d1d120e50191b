package io.datalifecycle.dlt.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.template.ItemKind;
import io.datalifecycle.dlt.template.Template;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrefixPropertyTest {

    private static final String PREFIX = "zz_";

    @ParameterizedTest
    @MethodSource("seeds")
    void aPrefixChangesKeysAndNothingElse(long seed) {
        Template plain = RandomRenames.of(RandomTemplates.of(seed), seed);

        Template prefixed = Template.define(plain.key(), plain.version(), t -> {
            plain.title().ifPresent(t::title);
            plain.description().ifPresent(t::description);
            t.timezone(plain.timezone().getId()).include(plain, PREFIX);
        });

        for (ItemKind kind : ItemKind.values()) {
            assertThat(prefixed.keys(kind))
                    .isEqualTo(plain.keys(kind).stream()
                            .map(key -> kind == ItemKind.PARAMETER ? key : PREFIX + key)
                            .toList());
        }
        assertThat(TemplateWriter.json(prefixed).replace(PREFIX, "")).isEqualTo(TemplateWriter.json(plain));
        assertThat(TemplateReader.read(TemplateWriter.yaml(prefixed)).template())
                .isEqualTo(prefixed);
    }

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }
}
