package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.template.ItemKind;
import io.datalifecycle.dlt.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The same template without the words that are only for people: titles and descriptions of items, panels and controls. */
final class WithoutTitles {

    private WithoutTitles() {}

    static Map<String, @Nullable Object> of(Template template) {
        Map<String, @Nullable Object> tree = of(Optional.empty(), TemplateTree.of(template));
        tree.replaceAll((section, items) -> {
            Optional<ItemKind> kind = ItemKind.ofSection(section);
            return kind.isPresent() && items instanceof Map<?, ?> map ? items(kind, map) : items;
        });
        return tree;
    }

    /** One item without them, or with no kind the template itself. */
    static Map<String, @Nullable Object> of(Optional<ItemKind> kind, Map<?, ?> item) {
        if (kind.filter(k -> k == ItemKind.CHANNEL || k == ItemKind.CONNECTOR).isPresent()) {
            return copy(item); // a title there is an option of the plug-in
        }
        return item(item);
    }

    private static Map<String, @Nullable Object> items(Optional<ItemKind> kind, Map<?, ?> items) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        items.forEach((key, item) ->
                copy.put(String.valueOf(key), item instanceof Map<?, ?> map ? of(kind, map) : item));
        return copy;
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> group) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        group.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    /** Only an item itself, its panels and controls have titles; a column of a schema may be called title. */
    private static Map<String, @Nullable Object> item(Map<?, ?> item) {
        Map<String, @Nullable Object> copy = copy(item);
        copy.remove("title");
        copy.remove("description");
        if (copy.get("controls") instanceof Map<?, ?> controls) {
            copy.put("controls", items(Optional.empty(), controls));
        }
        if (copy.get("panels") instanceof List<?> panels) {
            copy.put(
                    "panels",
                    panels.stream()
                            .map(panel -> (Object) item((Map<?, ?>) panel))
                            .toList());
        }
        return copy;
    }
}
