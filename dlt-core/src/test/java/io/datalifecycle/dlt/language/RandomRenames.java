package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.template.ItemKind;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Renames;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The same templates with some of their items and columns renamed. Same seed, same renames. */
final class RandomRenames {

    private static final List<String> COLUMNS =
            List.of("a", "true", "1.10", "a: b", "\"q\"", " x", "Volume Flow", "日本");

    private RandomRenames() {}

    static Template of(Template t, long seed) {
        Random random = new Random(seed);
        Map<String, String> items = new LinkedHashMap<>();
        for (ItemKind kind : ItemKind.values()) {
            for (String key : t.keys(kind)) {
                if (random.nextInt(3) == 0) {
                    items.put(new ItemName(kind, key).toString(), "was_" + key);
                }
            }
        }
        Map<Ref, Map<String, String>> columns = new LinkedHashMap<>();
        for (Store store : t.stores()) {
            Map<String, String> names = new LinkedHashMap<>();
            for (String name : COLUMNS) {
                if (random.nextInt(6) == 0) {
                    names.put(name, COLUMNS.get(random.nextInt(COLUMNS.size())));
                }
            }
            columns.put(store.ref(), names);
        }
        return new Template(
                t.key(),
                t.version(),
                t.title(),
                t.description(),
                t.timezone(),
                t.parameters(),
                t.datastores(),
                t.connectors(),
                t.featurestores(),
                t.models(),
                t.inferencestores(),
                t.metrics(),
                t.dashboards(),
                t.alerts(),
                t.reports(),
                t.channels(),
                new Renames(items, columns));
    }
}
