package io.datalifecycle.dlt.workspace;

import io.datalifecycle.dlt.language.ItemChange;
import io.datalifecycle.dlt.language.ItemChange.Action;
import io.datalifecycle.dlt.language.ItemChanges;
import io.datalifecycle.dlt.language.ItemText;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Severity;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How one workspace deviates from its template: items that are added, replaced or disabled, by key. It is kept beside the pin and made
 * again on every new version, so a deviation is never a copy of the template. Immutable.
 *
 * @param changes in their order, at most one for each item
 */
public record Overlay(List<ItemChange> changes) {

    /** No deviation. */
    public static final Overlay NONE = new Overlay(List.of());

    /** Throws {@link IllegalArgumentException} when an item is changed twice. */
    public Overlay {
        changes = List.copyOf(changes);
        Set<ItemName> items = new LinkedHashSet<>();
        changes.forEach(change -> {
            if (!items.add(change.item())) {
                throw new IllegalArgumentException(change.item() + " is changed twice; one change says it all");
            }
        });
    }

    /** Declares an overlay in Java. */
    public static OverlayBuilder builder() {
        return new OverlayBuilder();
    }

    /**
     * Reads YAML or JSON. Throws {@link io.datalifecycle.dlt.problem.TemplateInvalidException} with everything that is wrong with its
     * structure; whether it fits a template is said by {@link #applyTo}.
     */
    public static Overlay read(String text) {
        return new Overlay(ItemChanges.read(text));
    }

    /** Canonical YAML, ending with a line break: the same overlay always gives the same bytes, and reading it gives it back. */
    public String yaml() {
        return ItemChanges.yaml(changes);
    }

    /** The same as JSON on one line. */
    public String json() {
        return ItemChanges.json(changes);
    }

    /** Whether nothing deviates. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** What happens to an item; empty when nothing does. */
    public Optional<ItemChange> change(ItemName item) {
        return changes.stream().filter(change -> change.item().equals(item)).findFirst();
    }

    /**
     * The template with this overlay on it, with the key and the version of the base, and what stands in the way. Changes that stand in
     * conflict are left out of the template. It is not checked: {@code TemplateChecker} tells whether what remains fits together, and
     * {@link Applied#explain} where that comes from.
     */
    public Applied applyTo(Template base) {
        List<Problem> conflicts = new ArrayList<>();
        List<ItemChange> fitting = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            ItemChange change = changes.get(i);
            String pointer = JsonPointer.child("/changes", i);
            Optional<Problem> conflict = conflict(base, change, pointer);
            conflict.ifPresent(conflicts::add);
            if (conflict.isEmpty()) {
                fitting.add(change);
                outdated(base, change, pointer).ifPresent(conflicts::add);
            }
        }
        Template template = fitting.isEmpty() ? base : ItemChanges.apply(base, fitting);
        return new Applied(this, template, conflicts);
    }

    private static Optional<Problem> conflict(Template base, ItemChange change, String pointer) {
        ItemName item = change.item();
        boolean there = base.keys(item.kind()).contains(item.key());
        if (there == (change.action() != Action.ADD)) {
            return Optional.empty();
        }
        String name = base.key() + ":" + base.version();
        if (there) {
            return Optional.of(Problem.error(
                    ProblemCode.OVERLAY_CONFLICT,
                    pointer,
                    "the overlay adds " + item + ", which " + name + " has itself",
                    "write replace: " + item + ", or choose another key"));
        }
        Optional<String> now = base.keys(item.kind()).stream()
                .filter(key -> base.renames()
                        .itemFrom(new ItemName(item.kind(), key).toString())
                        .filter(item.key()::equals)
                        .isPresent())
                .findFirst();
        return Optional.of(Problem.error(
                ProblemCode.OVERLAY_CONFLICT,
                pointer,
                "the overlay " + done(change) + " " + item + ", which " + name + " does not have",
                now.map(key -> "it is called " + new ItemName(item.kind(), key) + " now")
                        .orElse(change.action() == Action.DISABLE ? "leave it out" : "write add: " + item)));
    }

    private static Optional<Problem> outdated(Template base, ItemChange change, String pointer) {
        boolean differs = change.base().isPresent() && !change.base().equals(ItemText.hash(base, change.item()));
        return differs
                ? Optional.of(Problem.warning(
                        ProblemCode.OVERLAY_CONFLICT,
                        pointer,
                        "the base changed " + change.item() + " since the overlay " + past(change) + " it",
                        "look at what " + base.key() + ":" + base.version() + " says now"))
                : Optional.empty();
    }

    private static String done(ItemChange change) {
        return change.action().label() + "s";
    }

    private static String past(ItemChange change) {
        return change.action() == Action.REPLACE ? "replaced" : "disabled";
    }

    /** The same with a note of what the base says now about every item that is replaced or disabled, so that later changes are told. */
    public Overlay rebasedOn(Template base) {
        return new Overlay(changes.stream()
                .map(change -> change.withBase(
                        change.action() == Action.ADD ? Optional.empty() : ItemText.hash(base, change.item())))
                .toList());
    }

    @Override
    public String toString() {
        return changes.toString();
    }

    /**
     * A template with an overlay on it. Immutable.
     *
     * @param overlay the overlay
     * @param template what runs: the base with every change that fits
     * @param conflicts errors for changes that do not fit, warnings for items that the base changed since, all at once, with pointers
     *     into the overlay
     */
    public record Applied(Overlay overlay, Template template, List<Problem> conflicts) {

        public Applied {
            conflicts = List.copyOf(conflicts);
        }

        /** Whether every change fits. */
        public boolean fits() {
            return conflicts.stream().noneMatch(p -> p.severity() == Severity.ERROR);
        }

        /**
         * A problem of the template, with the part that the overlay has in it said at the end of the message. The base was sound when it
         * was published, so every error is the overlay's; a warning that names nothing the overlay changes stays as it is.
         */
        public Problem explain(Problem problem) {
            Optional<ItemChange> own = ItemName.at(problem.pointer()).flatMap(overlay::change);
            if (own.isPresent()) {
                return ending(problem, "the overlay " + done(own.get()) + " it");
            }
            Optional<ItemChange> named = overlay.changes().stream()
                    .filter(change -> mentions(problem.message(), change.item()))
                    .findFirst();
            if (named.isPresent()) {
                return ending(
                        problem,
                        "the overlay " + done(named.get()) + " " + named.get().item());
            }
            return problem.severity() == Severity.ERROR ? ending(problem, "only with the overlay") : problem;
        }

        private static boolean mentions(String message, ItemName item) {
            return message.matches("(?s)(.*[^a-z0-9_])?" + Pattern.quote(item.key()) + "([^a-z0-9_].*)?");
        }

        private static Problem ending(Problem problem, String reason) {
            return new Problem(
                    problem.code(),
                    problem.severity(),
                    problem.pointer(),
                    problem.line(),
                    problem.column(),
                    problem.message() + " (" + reason + ")",
                    problem.hint());
        }
    }
}
