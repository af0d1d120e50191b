package io.datalifecycle.dlt.lineage;

import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who feeds whom within a template. Items are named {@code kind:key}, for instance {@code model:pump_anomaly}; names that do not
 * resolve are kept, so that it also works on templates with problems. Immutable, thread-safe.
 */
public final class Lineage {

    private final Template template;
    private final Map<String, Set<String>> feeds;

    private Lineage(Template template, Map<String, Set<String>> feeds) {
        this.template = template;
        this.feeds = feeds;
    }

    public static Lineage of(Template template) {
        Map<String, Set<String>> feeds = new LinkedHashMap<>();
        Edges.of(template)
                .forEach(edge -> feeds.computeIfAbsent(edge.from(), k -> new LinkedHashSet<>())
                        .add(edge.to()));
        return new Lineage(template, feeds);
    }

    /** What takes in changes of a store: {@code featurestore:x} and {@code model:y}, in the template's order. */
    public List<String> consumersOf(Ref store) {
        return directOf(store.toString()).stream()
                .filter(name -> name.startsWith("featurestore:") || name.startsWith("model:"))
                .toList();
    }

    /** What an item feeds directly. */
    public List<String> directOf(String item) {
        return List.copyOf(feeds.getOrDefault(item, Set.of()));
    }

    /** Everything an item feeds, directly or through others: what breaks when it goes. Nearest first. */
    public List<String> dependentsOf(String item) {
        Set<String> found = new LinkedHashSet<>();
        List<String> front = directOf(item);
        while (!front.isEmpty()) {
            List<String> next = new ArrayList<>();
            for (String name : front) {
                if (!name.equals(item) && found.add(name)) {
                    next.addAll(directOf(name));
                }
            }
            front = next;
        }
        return List.copyOf(found);
    }

    /** What uses a column of a store by name, as declared or as a word of its SQL: {@code featurestore:x}, {@code metric:y}, … */
    public List<String> usersOf(Ref store, String column) {
        return ColumnUse.of(template, store, column);
    }

    /**
     * Everything downstream of a column of a store, nearest first: items, and columns of featurestores as {@code featurestore:key#column},
     * as far as it can be told which columns follow from it.
     */
    public List<String> dependentsOf(Ref store, String column) {
        return ColumnFlow.from(template, this, store, column);
    }

    /** Featurestores such that each comes after those it reads, also through models; in a cycle the template's order holds. */
    public List<Featurestore> refreshOrder() {
        List<String> order = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        List<Store> stores = template.stores();
        for (int i = stores.size() - 1; i >= 0; i--) {
            visit(stores.get(i).ref().toString(), seen, order);
        }
        List<Featurestore> ordered = new ArrayList<>();
        for (int i = order.size() - 1; i >= 0; i--) {
            featurestore(order.get(i)).ifPresent(ordered::add);
        }
        return List.copyOf(ordered);
    }

    /** Circles of stores, models and metrics, each once, starting and ending with the same item. Links between dashboards may be mutual. */
    public List<List<String>> cycles() {
        List<List<String>> cycles = new ArrayList<>();
        Set<String> done = new LinkedHashSet<>();
        feeds.keySet().forEach(start -> search(start, new ArrayList<>(), done, cycles));
        return List.copyOf(cycles);
    }

    private void search(String item, List<String> path, Set<String> done, List<List<String>> cycles) {
        int at = path.indexOf(item);
        if (at >= 0) {
            List<String> cycle = new ArrayList<>(path.subList(at, path.size()));
            cycle.add(item);
            cycles.add(List.copyOf(cycle));
            return;
        }
        if (done.contains(item)) {
            return;
        }
        path.add(item);
        directOf(item).forEach(next -> search(next, path, done, cycles));
        path.remove(path.size() - 1);
        done.add(item);
    }

    private void visit(String item, Set<String> seen, List<String> order) {
        if (seen.add(item)) {
            directOf(item).forEach(next -> visit(next, seen, order));
            order.add(item);
        }
    }

    private Optional<Featurestore> featurestore(String name) {
        return name.startsWith("featurestore:")
                ? template.featurestore(name.substring("featurestore:".length()))
                : Optional.empty();
    }
}
