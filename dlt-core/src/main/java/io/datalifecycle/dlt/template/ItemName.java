package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.problem.JsonPointer;
import java.util.Objects;
import java.util.Optional;

/**
 * Which item of a template, written {@code kind:key}; unlike a {@link Ref} it can name an item of any kind. Immutable.
 *
 * @param kind kind of the item
 * @param key its key
 */
public record ItemName(ItemKind kind, String key) {

    public ItemName {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
    }

    /** Reads {@code alert:high_vibration}; empty when the text has not that form. */
    public static Optional<ItemName> parse(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            return Optional.empty();
        }
        return ItemKind.of(text.substring(0, colon)).map(kind -> new ItemName(kind, text.substring(colon + 1)));
    }

    /** The name of what a reference points at. */
    public static ItemName of(Ref ref) {
        return new ItemName(ItemKind.of(ref.kind().label()).orElseThrow(), ref.key());
    }

    /** The item that a JSON pointer into a template lies in; empty for pointers to no item. */
    public static Optional<ItemName> at(String pointer) {
        String[] parts = pointer.split("/", 4);
        return parts.length < 3
                ? Optional.empty()
                : ItemKind.ofSection(parts[1]).map(kind -> new ItemName(kind, parts[2]));
    }

    /** Where it stands in a template: {@code /alerts/high_vibration}. */
    public String pointer() {
        return JsonPointer.child("/" + kind.section(), key);
    }

    @Override
    public String toString() {
        return kind.label() + ":" + key;
    }
}
