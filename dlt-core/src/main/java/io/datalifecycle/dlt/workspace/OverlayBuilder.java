package io.datalifecycle.dlt.workspace;

import io.datalifecycle.dlt.language.ItemChange;
import io.datalifecycle.dlt.language.ItemChange.Action;
import io.datalifecycle.dlt.language.ItemText;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Problems;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Declares an overlay; made by {@link Overlay#builder}. Items are named {@code kind:key}. Not thread-safe. */
public final class OverlayBuilder {

    private final Problems problems = new Problems();
    private final Map<ItemName, ItemChange> changes = new LinkedHashMap<>();
    private int count;

    OverlayBuilder() {}

    /** Adds an item, given as what stands below its key in YAML or JSON. */
    public OverlayBuilder add(String item, String content) {
        return change(Action.ADD, item, content);
    }

    /** Adds an item of another template, for instance one declared in Java. */
    public OverlayBuilder add(Template from, String item) {
        return change(Action.ADD, item, from);
    }

    /** Puts an item in the place of the one that has its key, given as what stands below the key in YAML or JSON. */
    public OverlayBuilder replace(String item, String content) {
        return change(Action.REPLACE, item, content);
    }

    /** Puts an item of another template in the place of the one that has its key. */
    public OverlayBuilder replace(Template from, String item) {
        return change(Action.REPLACE, item, from);
    }

    /** Takes an item out. */
    public OverlayBuilder disable(String item) {
        String at = next();
        ItemText.name(item, at + "/disable", problems)
                .ifPresent(name -> keep(at, new ItemChange(Action.DISABLE, name, Optional.empty(), Optional.empty())));
        return this;
    }

    /** Throws {@link io.datalifecycle.dlt.problem.TemplateInvalidException} with everything that is wrong. */
    public Overlay build() {
        problems.throwIfErrors("overlay");
        return new Overlay(List.copyOf(changes.values()));
    }

    private OverlayBuilder change(Action action, String item, String content) {
        String at = next();
        ItemText.name(item, JsonPointer.child(at, action.label()), problems)
                .ifPresent(name -> ItemText.read(name, content, at + "/as", problems)
                        .ifPresent(
                                json -> keep(at, new ItemChange(action, name, Optional.of(json), Optional.empty()))));
        return this;
    }

    private OverlayBuilder change(Action action, String item, Template from) {
        String at = next();
        String pointer = JsonPointer.child(at, action.label());
        ItemText.name(item, pointer, problems).ifPresent(name -> {
            Optional<String> json = ItemText.json(from, name);
            if (json.isPresent()) {
                keep(at, new ItemChange(action, name, json, Optional.empty()));
            } else {
                problems.error(
                        ProblemCode.UNKNOWN_REFERENCE,
                        pointer,
                        "template " + from.key() + ":" + from.version() + " has no " + name,
                        "it has " + from.keys(name.kind()));
            }
        });
        return this;
    }

    private String next() {
        return JsonPointer.child("/changes", count++);
    }

    private void keep(String at, ItemChange change) {
        if (changes.putIfAbsent(change.item(), change) != null) {
            problems.error(
                    ProblemCode.DUPLICATE_KEY, at, change.item() + " is changed twice", "one change says it all");
        }
    }
}
