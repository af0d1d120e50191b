package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.template.ItemName;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One deviation from a template: an item that is added, replaced or taken out. Immutable.
 *
 * @param action what happens
 * @param item the item it happens to
 * @param content canonical JSON of the item on one line; empty exactly when it is disabled
 * @param base SHA-256 in hex of the item that the template had when the change was written, see {@link ItemText#hash}; empty when that is
 *     not known, and for an item that is added
 */
public record ItemChange(Action action, ItemName item, Optional<String> content, Optional<String> base) {

    /** What happens to an item. */
    public enum Action {
        ADD,
        REPLACE,
        DISABLE;

        /** The key that the language writes it with: {@code add}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ItemChange {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(item, "item");
        if (content.isPresent() == (action == Action.DISABLE)) {
            throw new IllegalArgumentException(
                    action.label() + " " + item + ": content is given exactly when it is not disabled");
        }
    }

    /** The same with another hash of what the template has, or none. */
    public ItemChange withBase(Optional<String> hash) {
        return new ItemChange(action, item, content, hash);
    }

    @Override
    public String toString() {
        return action.label() + " " + item;
    }
}
