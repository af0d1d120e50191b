package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.ItemChange.Action;
import io.datalifecycle.dlt.language.Node.Members;
import io.datalifecycle.dlt.language.Node.Position;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Problems;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.template.ItemKind;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.Template;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads, writes and applies lists of deviations from a template. The written form is canonical: the same changes always give the same
 * bytes. Stateless, thread-safe.
 */
public final class ItemChanges {

    /** Version of the form, the value of the key {@code overlay}. */
    public static final int FORM_VERSION = 1;

    private static final String AS = "as";
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final List<String> ACTIONS = StoreReader.labels(Action.values(), Action::label);

    private ItemChanges() {}

    /** Reads YAML or JSON. Throws {@link TemplateInvalidException} with everything that is wrong, each with pointer, line and column. */
    public static List<ItemChange> read(String text) {
        Findings findings = new Findings();
        Problems within = new Problems();
        List<ItemChange> changes = new ArrayList<>();
        Optional<Node> root = new NodeReader(findings).read(text);
        if (root.isPresent() && root.get() instanceof Members members) {
            changes(new Fields(members, "", members.position(), findings), changes, within);
        } else if (root.isPresent()) {
            findings.error(
                    ProblemCode.SYNTAX,
                    "",
                    new Position(1, 1),
                    "an overlay is a group of keys, found " + root.get().what(),
                    "start with overlay: 1");
        }
        List<Problem> all = new ArrayList<>(findings.inOrder());
        all.addAll(within.list());
        if (!all.isEmpty()) {
            all.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
            throw new TemplateInvalidException("overlay", all, findings.dropped() + within.dropped());
        }
        return List.copyOf(changes);
    }

    private static void changes(Fields fields, List<ItemChange> changes, Problems within) {
        Optional<BigDecimal> version = fields.number("overlay");
        if (!fields.has("overlay")) {
            fields.missing("overlay");
        } else if (version.isPresent() && version.get().compareTo(BigDecimal.valueOf(FORM_VERSION)) != 0) {
            fields.badValue(
                    "overlay",
                    "overlay: version " + version.get() + " of the form is not known",
                    "write overlay: " + FORM_VERSION);
        }
        Set<String> changed = new TreeSet<>();
        fields.groups("changes").forEach(group -> change(group, changed, within).ifPresent(changes::add));
        fields.close();
    }

    private static Optional<ItemChange> change(Fields fields, Set<String> changed, Problems within) {
        List<String> given = ACTIONS.stream().filter(fields::has).toList();
        ACTIONS.forEach(fields::node);
        Optional<Node> content = fields.node(AS);
        Optional<String> base = fields.parsed(
                "base",
                text -> Optional.of(text).filter(t -> HASH.matcher(t).matches()),
                "a SHA-256 of 64 small hex digits");
        fields.close();
        if (given.size() != 1) {
            String message = given.isEmpty()
                    ? "it has no add, replace or disable"
                    : String.join(" and ", given) + " cannot be combined";
            fields.error(ProblemCode.MISSING_KEY, "", message, "a change has exactly one of them");
            return Optional.empty();
        }
        Action action = Action.values()[ACTIONS.indexOf(given.get(0))];
        Optional<ItemName> item = fields.text(given.get(0)).flatMap(text -> name(fields, given.get(0), text));
        if (item.isPresent() && !changed.add(item.get().toString())) {
            fields.error(
                    ProblemCode.DUPLICATE_KEY,
                    given.get(0),
                    item.get() + " is changed twice",
                    "one change says it all");
        }
        return item.flatMap(name -> change(fields, action, name, content, base, within));
    }

    private static Optional<ItemName> name(Fields fields, String key, String text) {
        Problems problems = new Problems();
        Optional<ItemName> item = ItemText.name(text, "", problems);
        problems.list().forEach(problem -> fields.error(problem.code(), key, problem.message(), problem.hint()));
        return item;
    }

    private static Optional<ItemChange> change(
            Fields fields,
            Action action,
            ItemName item,
            Optional<Node> content,
            Optional<String> base,
            Problems within) {
        if (action == Action.DISABLE) {
            if (content.isPresent()) {
                fields.error(ProblemCode.UNKNOWN_KEY, AS, "what is disabled has no content", "leave as out");
            }
            return Optional.of(new ItemChange(action, item, Optional.empty(), base));
        }
        if (content.isEmpty()) {
            fields.error(ProblemCode.MISSING_KEY, "", "as is missing", "write the item below as, without its key");
        }
        String pointer = JsonPointer.child(fields.pointer(), AS);
        return content.flatMap(node -> ItemText.read(item, node, pointer, within))
                .map(form -> new ItemChange(action, item, Optional.of(JsonText.of(form)), base));
    }

    /** YAML for people, ending with a line break. */
    public static String yaml(List<ItemChange> changes) {
        return YamlText.of(tree(changes));
    }

    /** JSON on one line. */
    public static String json(List<ItemChange> changes) {
        return JsonText.of(tree(changes));
    }

    private static Map<String, @Nullable Object> tree(List<ItemChange> changes) {
        return new Tree()
                .put("overlay", (long) FORM_VERSION)
                .list("changes", changes.stream().map(ItemChanges::tree).toList())
                .done();
    }

    private static Object tree(ItemChange change) {
        return new Tree()
                .put(change.action().label(), change.item().toString())
                .put("base", change.base())
                .put(AS, change.content().map(json -> ItemText.form(change.item(), json)))
                .done();
    }

    /**
     * The template with the changes made, whether or not it has what they name: what is added comes last of its kind, what is replaced
     * keeps its place. Key and version stay. The answer is well-formed, not checked.
     */
    public static Template apply(Template base, List<ItemChange> changes) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(TemplateTree.of(base));
        Map<ItemKind, Map<String, @Nullable Object>> sections = new LinkedHashMap<>();
        for (ItemChange change : changes) {
            Map<String, @Nullable Object> section = sections.computeIfAbsent(
                    change.item().kind(), kind -> new LinkedHashMap<>(TemplateTree.items(base, kind)));
            if (change.content().isPresent()) {
                section.put(
                        change.item().key(),
                        ItemText.form(change.item(), change.content().get()));
            } else {
                section.remove(change.item().key());
            }
        }
        sections.forEach((kind, items) -> tree.put(kind.section(), items));
        return TemplateReader.read(JsonText.of(tree)).template();
    }
}
