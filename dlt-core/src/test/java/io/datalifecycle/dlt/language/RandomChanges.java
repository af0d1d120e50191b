package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.ItemChange.Action;
import io.datalifecycle.dlt.template.ItemKind;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.Template;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Deviations from one template that take items of another. Same seed, same changes. */
final class RandomChanges {

    private RandomChanges() {}

    static List<ItemChange> of(Template base, Template other, long seed) {
        Random random = new Random(seed);
        List<ItemChange> changes = new ArrayList<>();
        for (ItemKind kind : ItemKind.values()) {
            List<String> theirs = other.keys(kind);
            for (String key : base.keys(kind)) {
                ItemName item = new ItemName(kind, key);
                int choice = random.nextInt(5);
                if (choice == 0) {
                    changes.add(new ItemChange(Action.DISABLE, item, Optional.empty(), ItemText.hash(base, item)));
                } else if (choice == 1 && !theirs.isEmpty()) {
                    String taken = theirs.get(random.nextInt(theirs.size()));
                    Optional<String> content = ItemText.json(other, new ItemName(kind, taken));
                    changes.add(new ItemChange(Action.REPLACE, item, content, ItemText.hash(base, item)));
                }
            }
            for (String key : theirs) {
                if (random.nextInt(4) == 0) {
                    Optional<String> content = ItemText.json(other, new ItemName(kind, key));
                    changes.add(new ItemChange(Action.ADD, new ItemName(kind, "x_" + key), content, Optional.empty()));
                }
            }
        }
        Collections.shuffle(changes, random);
        return changes;
    }
}
