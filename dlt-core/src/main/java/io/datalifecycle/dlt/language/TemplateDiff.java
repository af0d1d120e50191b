package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.template.ItemKind;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two templates, item by item. The order of items and of keys says nothing, and what is written as its default is
 * the same as what is left out. Immutable.
 *
 * @param from the template before
 * @param to the template after
 * @param own what differs in the template itself: {@code /title}, {@code /description}, {@code /timezone}
 * @param entries what differs in its items, by kind in the order of the language: removed ones first, then those of {@code to} in its order
 */
public record TemplateDiff(TemplateId from, TemplateId to, List<Difference> own, List<Entry> entries) {

    /** What became of an item. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED,
        RENAMED;

        /** As it is printed: {@code added}. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * What became of one item. Immutable.
     *
     * @param item its name, after the change where there is one
     * @param kind what became of it
     * @param before its name before; empty when it was added
     * @param differences what differs within it; empty when it was added or removed, or renamed and nothing else
     */
    public record Entry(ItemName item, Kind kind, Optional<ItemName> before, List<Difference> differences) {
        public Entry {
            differences = List.copyOf(differences);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(kind.label()).append(' ');
            text.append(kind == Kind.RENAMED ? before.map(name -> name + " -> ").orElse("") : "")
                    .append(item);
            differences.forEach(difference -> text.append("\n    ").append(difference));
            return text.toString();
        }
    }

    /**
     * A value that differs. Immutable.
     *
     * @param pointer JSON pointer within the item, or within the template
     * @param before canonical JSON of the value before, shortened to {@value #MOST_CHARACTERS} characters; empty when it was not said
     * @param after canonical JSON of the value after, shortened like it; empty when it is not said
     */
    public record Difference(String pointer, Optional<String> before, Optional<String> after) {

        /** Longest text of a value. */
        public static final int MOST_CHARACTERS = 120;

        @Override
        public String toString() {
            return pointer + ": " + before.orElse("(none)") + " -> " + after.orElse("(none)");
        }
    }

    public TemplateDiff {
        own = List.copyOf(own);
        entries = List.copyOf(entries);
    }

    /** What differs, titles and descriptions included. Pure: no database is asked. */
    public static TemplateDiff between(Template from, Template to) {
        return between(from, to, (kind, item) -> item);
    }

    /** What differs in the content, which is what the hash of a {@link TemplateId} is made of: without titles and descriptions. */
    public static TemplateDiff ofContent(Template from, Template to) {
        return between(from, to, WithoutTitles::of);
    }

    private static TemplateDiff between(Template from, Template to, Form form) {
        List<Entry> entries = new ArrayList<>();
        for (ItemKind kind : ItemKind.values()) {
            items(kind, forms(from, kind, form), forms(to, kind, form), to, entries);
        }
        List<Difference> own =
                Differences.between(form.apply(Optional.empty(), own(from)), form.apply(Optional.empty(), own(to)));
        return new TemplateDiff(TemplateWriter.id(from), TemplateWriter.id(to), own, entries);
    }

    private static Map<String, Map<String, @Nullable Object>> forms(Template template, ItemKind kind, Form form) {
        Map<String, Map<String, @Nullable Object>> items = TemplateTree.items(template, kind);
        items.replaceAll((key, item) -> form.apply(Optional.of(kind), item));
        return items;
    }

    private static Map<String, @Nullable Object> own(Template template) {
        return new Tree()
                .put("key", template.key())
                .put("title", template.title())
                .put("description", template.description())
                .unless("timezone", template.timezone().getId(), Template.DEFAULT_ZONE.getId())
                .done();
    }

    private static void items(
            ItemKind kind,
            Map<String, Map<String, @Nullable Object>> before,
            Map<String, Map<String, @Nullable Object>> after,
            Template to,
            List<Entry> entries) {
        Map<String, String> renamed = new LinkedHashMap<>();
        after.keySet()
                .forEach(key -> to.renames()
                        .itemFrom(new ItemName(kind, key).toString())
                        .filter(old -> before.containsKey(old) && !before.containsKey(key) && !after.containsKey(old))
                        .ifPresent(old -> renamed.put(key, old)));
        before.keySet().stream()
                .filter(key -> !after.containsKey(key) && !renamed.containsValue(key))
                .map(key -> new ItemName(kind, key))
                .forEach(item -> entries.add(new Entry(item, Kind.REMOVED, Optional.of(item), List.of())));
        after.forEach((key, form) ->
                entry(kind, key, renamed.getOrDefault(key, key), before, form).ifPresent(entries::add));
    }

    private static Optional<Entry> entry(
            ItemKind kind,
            String key,
            String oldKey,
            Map<String, Map<String, @Nullable Object>> before,
            Map<String, @Nullable Object> form) {
        ItemName item = new ItemName(kind, key);
        Map<String, @Nullable Object> old = before.get(oldKey);
        if (old == null) {
            return Optional.of(new Entry(item, Kind.ADDED, Optional.empty(), List.of()));
        }
        List<Difference> differences = new ArrayList<>(Differences.between(old, form));
        Optional<ItemName> name = Optional.of(new ItemName(kind, oldKey));
        if (!oldKey.equals(key)) {
            differences.removeIf(difference -> difference.pointer().equals("/" + RenameReader.FROM));
            return Optional.of(new Entry(item, Kind.RENAMED, name, differences));
        }
        return differences.isEmpty() ? Optional.empty() : Optional.of(new Entry(item, Kind.CHANGED, name, differences));
    }

    /** Whether nothing differs. */
    public boolean isEmpty() {
        return own.isEmpty() && entries.isEmpty();
    }

    /** The entry of an item of the template after, or of a removed one; empty when it did not change. */
    public Optional<Entry> entry(ItemName item) {
        return entries.stream().filter(entry -> entry.item().equals(item)).findFirst();
    }

    /** Every difference on one line, the first first, with the item before the pointer; at most so many. */
    public List<String> summary(int most) {
        List<String> lines = new ArrayList<>();
        own.forEach(difference -> lines.add(difference.toString()));
        for (Entry entry : entries) {
            if (entry.kind() != Kind.CHANGED) {
                lines.add(new Entry(entry.item(), entry.kind(), entry.before(), List.of()).toString());
            }
            entry.differences().forEach(difference -> lines.add(entry.item() + difference.toString()));
        }
        return List.copyOf(lines.subList(0, Math.min(most, lines.size())));
    }

    /** Readable text of several lines: the two templates, then each item with what differs in it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(from.toString()).append(" -> ").append(to);
        text.append(isEmpty() ? "\nnothing differs" : "");
        own.forEach(difference -> text.append("\n  ").append(difference));
        entries.forEach(entry -> text.append("\n  ").append(entry));
        return text.append('\n').toString();
    }

    /** The form of an item, or of the template itself, that is compared. */
    private interface Form
            extends BiFunction<Optional<ItemKind>, Map<String, @Nullable Object>, Map<String, @Nullable Object>> {}
}
