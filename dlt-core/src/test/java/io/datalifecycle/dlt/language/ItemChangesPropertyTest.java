package io.datalifecycle.dlt.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.template.ItemKind;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ItemChangesPropertyTest {

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsWrittenReadsBack(long seed) {
        List<ItemChange> changes = changes(seed);

        assertThat(ItemChanges.read(ItemChanges.yaml(changes))).isEqualTo(changes);
        assertThat(ItemChanges.read(ItemChanges.json(changes))).isEqualTo(changes);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void exactlyTheItemsNamedDifferAndTheResultReadsBack(long seed) {
        Template base = base(seed);
        Map<ItemName, Optional<String>> expected = items(base);
        changes(seed).forEach(change -> {
            if (change.content().isPresent()) {
                expected.put(change.item(), change.content());
            } else {
                expected.remove(change.item());
            }
        });

        Template result = ItemChanges.apply(base, changes(seed));

        assertThat(items(result)).isEqualTo(expected);
        assertThat(TemplateReader.read(TemplateWriter.yaml(result)).template()).isEqualTo(result);
        assertThat(result.title()).isEqualTo(base.title());
        assertThat(result.timezone()).isEqualTo(base.timezone());
    }

    private static Map<ItemName, Optional<String>> items(Template template) {
        Map<ItemName, Optional<String>> items = new LinkedHashMap<>();
        for (ItemKind kind : ItemKind.values()) {
            template.keys(kind).forEach(key -> {
                ItemName item = new ItemName(kind, key);
                items.put(item, ItemText.json(template, item));
            });
        }
        return items;
    }

    private static Template base(long seed) {
        return RandomRenames.of(RandomTemplates.of(seed), seed);
    }

    private static List<ItemChange> changes(long seed) {
        return RandomChanges.of(base(seed), base(seed + 5_000), seed);
    }

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }
}
