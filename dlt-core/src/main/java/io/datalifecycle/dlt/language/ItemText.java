package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.Node.Member;
import io.datalifecycle.dlt.language.Node.Members;
import io.datalifecycle.dlt.language.Node.Position;
import io.datalifecycle.dlt.language.Node.Scalar;
import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Problems;
import io.datalifecycle.dlt.template.ItemKind;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.KeyRule;
import io.datalifecycle.dlt.template.Template;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Single items of templates as texts. Stateless, thread-safe. */
public final class ItemText {

    private static final String NOBODY = "item";

    private ItemText() {}

    /** Canonical JSON of an item on one line; empty when the template has no such item. */
    public static Optional<String> json(Template template, ItemName item) {
        return form(template, item).map(JsonText::of);
    }

    /**
     * SHA-256 in hex of the canonical JSON of an item with sorted keys, without {@code renamed_from} and {@code renamed_columns}, which
     * come and go; empty when the template has no such item.
     */
    public static Optional<String> hash(Template template, ItemName item) {
        return form(template, item).map(form -> {
            Map<String, @Nullable Object> content = new LinkedHashMap<>(form);
            content.remove(RenameReader.FROM);
            content.remove(RenameReader.COLUMNS);
            return TemplateWriter.sha256(JsonText.canonical(content));
        });
    }

    /**
     * Reads what stands below the key of an item, in YAML or JSON, and gives its canonical JSON.
     *
     * @param pointer where the item stands, put before the pointers of problems
     * @param problems where everything that is wrong is added, with line and column within the text
     * @return empty when anything is wrong
     */
    public static Optional<String> read(ItemName item, String text, String pointer, Problems problems) {
        Findings findings = new Findings();
        Optional<Node> node = new NodeReader(findings).read(text);
        findings.inOrder().forEach(problem -> problems.add(below(pointer, problem)));
        return findings.inOrder().isEmpty()
                ? node.flatMap(value -> read(item, value, pointer, problems)).map(JsonText::of)
                : Optional.empty();
    }

    static Optional<Map<String, @Nullable Object>> read(ItemName item, Node value, String pointer, Problems problems) {
        Findings findings = new Findings();
        Template alone = TemplateReader.template(new Fields(around(item, value), "", value.position(), findings));
        for (Problem problem : findings.inOrder()) {
            String within = problem.pointer().startsWith(item.pointer())
                    ? problem.pointer().substring(item.pointer().length())
                    : "";
            problems.add(at(pointer + within, problem));
        }
        return findings.inOrder().isEmpty() ? form(alone, item) : Optional.empty();
    }

    /** The form of an item that was read before and is known to be sound. */
    static Map<String, @Nullable Object> form(ItemName item, String json) {
        Problems problems = new Problems();
        Node node = new NodeReader(new Findings()).read(json).orElseThrow();
        return read(item, node, "", problems)
                .orElseThrow(() -> new IllegalArgumentException(item + ": " + problems.list()));
    }

    private static Optional<Map<String, @Nullable Object>> form(Template template, ItemName item) {
        return Optional.ofNullable(TemplateTree.items(template, item.kind()).get(item.key()));
    }

    /** A template that holds nothing but the item. */
    private static Members around(ItemName item, Node value) {
        Position at = value.position();
        Map<String, Member> root = new LinkedHashMap<>();
        root.put("dlt", new Member(at, new Scalar(BigDecimal.valueOf(TemplateReader.LANGUAGE_VERSION), "1", at)));
        root.put("key", new Member(at, new Scalar(NOBODY, NOBODY, at)));
        root.put("version", new Member(at, new Scalar("1", "1", at)));
        Members section = new Members(Map.of(item.key(), new Member(at, value)), at);
        root.put(item.kind().section(), new Member(at, section));
        return new Members(root, at);
    }

    private static Problem below(String pointer, Problem problem) {
        return at(pointer + problem.pointer(), problem);
    }

    private static Problem at(String pointer, Problem problem) {
        return new Problem(
                problem.code(),
                problem.severity(),
                pointer,
                problem.line(),
                problem.column(),
                problem.message(),
                problem.hint());
    }

    /** The item that a text names as {@code kind:key}; a problem where it names none. */
    public static Optional<ItemName> name(String text, String pointer, Problems problems) {
        Optional<ItemName> item = ItemName.parse(text);
        if (item.isEmpty()) {
            List<String> kinds = StoreReader.labels(ItemKind.values(), ItemKind::label);
            String hint = DidYouMean.hint(text.split(":", 2)[0], kinds);
            problems.error(ProblemCode.BAD_VALUE, pointer, "\"" + text + "\" names no item", "write kind:key; " + hint);
            return item;
        }
        Optional<String> wrong = KeyRule.problem(item.get().key());
        wrong.ifPresent(message -> problems.error(ProblemCode.BAD_KEY, pointer, message, ""));
        return item.filter(name -> wrong.isEmpty());
    }
}
