package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same template without the words that are only for people: titles and descriptions of items, panels and controls. */
final class WithoutTitles {

    private WithoutTitles() {}

    static Map<String, @Nullable Object> of(Template template) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(TemplateTree.of(template));
        tree.remove("title");
        tree.remove("description");
        tree.replaceAll((kind, items) ->
                items instanceof Map<?, ?> map && !kind.equals("channels") && !kind.equals("connectors")
                        ? items(map)
                        : items);
        return tree;
    }

    private static Map<String, @Nullable Object> items(Map<?, ?> items) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        items.forEach((key, item) -> copy.put(String.valueOf(key), item instanceof Map<?, ?> map ? item(map) : item));
        return copy;
    }

    /** Only an item itself, its panels and controls have titles; a column of a schema may be called title. */
    private static Map<String, @Nullable Object> item(Map<?, ?> item) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        item.forEach((key, value) -> copy.put(String.valueOf(key), value));
        copy.remove("title");
        copy.remove("description");
        if (copy.get("controls") instanceof Map<?, ?> controls) {
            copy.put("controls", items(controls));
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
