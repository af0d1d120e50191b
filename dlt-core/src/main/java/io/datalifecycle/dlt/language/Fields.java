package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.Node.Items;
import io.datalifecycle.dlt.language.Node.Member;
import io.datalifecycle.dlt.language.Node.Members;
import io.datalifecycle.dlt.language.Node.Position;
import io.datalifecycle.dlt.language.Node.Scalar;
import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.RefKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one group, taken one by one with the type they must have. What is wrong becomes a finding and a stand-in, so that the
 * rest is still read. {@link #close()} reports keys nobody asked for and required ones that are not there.
 */
final class Fields {

    private final Members members;
    private final String pointer;
    private final Position position;
    private final Findings findings;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();

    Fields(Members members, String pointer, Position position, Findings findings) {
        this.members = members;
        this.pointer = pointer;
        this.position = position;
        this.findings = findings;
    }

    String pointer() {
        return pointer;
    }

    boolean has(String key) {
        return members.members().containsKey(key);
    }

    /** The value as it is; asking makes the key known. */
    Optional<Node> node(String key) {
        asked.add(key);
        return Optional.ofNullable(members.members().get(key)).map(Member::value);
    }

    /** Notes a required key that is not there. */
    void missing(String key) {
        missing.add(key);
        findings.replaced(JsonPointer.child(pointer, key));
    }

    Optional<String> text(String key) {
        Optional<Node> node = node(key);
        Optional<String> text = node.flatMap(Fields::textOf);
        if (node.isPresent() && text.isEmpty()) {
            String hint = node.get() instanceof Scalar scalar && scalar.value() != null
                    ? "put it in quotes: \"" + scalar.text() + "\""
                    : "";
            wrongType(key, "a text", hint);
        }
        return text;
    }

    String needText(String key) {
        return need(key, text(key), "");
    }

    /** Text, number or truth value as text: bindings and values of controls. */
    Optional<String> anyScalar(String key) {
        Optional<Node> node = node(key);
        Optional<String> text = node.flatMap(Fields::scalarText);
        if (node.isPresent() && text.isEmpty()) {
            wrongType(key, "a single value", "");
        }
        return text;
    }

    boolean flag(String key, boolean standIn) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return standIn;
        }
        if (node.get() instanceof Scalar scalar && scalar.value() instanceof Boolean flag) {
            return flag;
        }
        wrongType(key, "true or false", "");
        return standIn;
    }

    Optional<BigDecimal> number(String key) {
        Optional<Node> node = node(key);
        if (node.isPresent() && node.get() instanceof Scalar scalar && scalar.value() instanceof BigDecimal number) {
            return Optional.of(number);
        }
        if (node.isPresent()) {
            wrongType(key, "a number", "");
        }
        return Optional.empty();
    }

    Optional<Duration> duration(String key) {
        return parsed(key, IsoText::duration, "a length of time such as PT10M or P7D");
    }

    Optional<TemporalAmount> amount(String key) {
        return parsed(key, IsoText::amount, "a span of time such as PT10M (fixed) or P1D, P1M (calendar)");
    }

    /** One of a closed set of words. */
    <E> Optional<E> oneOf(String key, Function<String, Optional<E>> parser, Collection<String> words) {
        Optional<String> text = text(key);
        Optional<E> value = text.flatMap(parser);
        if (text.isPresent() && value.isEmpty()) {
            badValue(key, key + ": \"" + text.get() + "\" is not known", DidYouMean.hint(text.get(), words));
        }
        return value;
    }

    /** Text that a parser must take. */
    <T> Optional<T> parsed(String key, Function<String, Optional<T>> parser, String what) {
        Optional<String> text = text(key);
        Optional<T> value = text.flatMap(parser);
        if (text.isPresent() && value.isEmpty()) {
            badValue(key, key + ": \"" + text.get() + "\" is not " + what, "");
        }
        return value;
    }

    /** A reference; with a kind the key alone is enough, without one any store is meant. */
    Optional<Ref> ref(String key, @Nullable RefKind kind) {
        return text(key).map(text -> refOf(key, text, kind));
    }

    Ref refOf(String key, String text, @Nullable RefKind kind) {
        if (kind != null && text.indexOf(':') < 0) {
            return new Ref(kind, text);
        }
        Optional<Ref> ref = Ref.parse(text);
        boolean fits = ref.isPresent()
                && (kind == null ? ref.get().kind().isStore() : ref.get().kind() == kind);
        if (!fits) {
            String what = kind == null ? "a store" : "a " + kind.label();
            String form =
                    kind == null ? "datastore:key, featurestore:key or inferencestore:key" : kind.label() + ":key";
            badValue(key, key + ": \"" + text + "\" is no reference to " + what, "write " + form);
        }
        return ref.orElse(new Ref(kind == null ? RefKind.DATASTORE : kind, text));
    }

    Ref needRef(String key, @Nullable RefKind kind) {
        return need(key, ref(key, kind), new Ref(kind == null ? RefKind.DATASTORE : kind, ""));
    }

    List<String> texts(String key) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof Items items)) {
            wrongType(
                    key,
                    "a list of texts",
                    node.flatMap(Fields::textOf).map(t -> "write [" + t + "]").orElse(""));
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            Optional<String> text = textOf(items.items().get(i));
            if (text.isPresent()) {
                texts.add(text.get());
            } else {
                String child = JsonPointer.child(JsonPointer.child(pointer, key), i);
                Node item = items.items().get(i);
                findings.error(
                        ProblemCode.WRONG_TYPE,
                        child,
                        item.position(),
                        key + ": a text is needed, found " + item.what(),
                        "put it in quotes");
            }
        }
        return texts;
    }

    List<String> needTexts(String key) {
        if (!has(key)) {
            missing(key);
        }
        return texts(key);
    }

    /** A nested group of keys; the caller closes it. */
    Optional<Fields> group(String key) {
        Optional<Node> node = node(key);
        if (node.isPresent() && node.get() instanceof Members group) {
            return Optional.of(new Fields(group, JsonPointer.child(pointer, key), keyPosition(key), findings));
        }
        if (node.isPresent()) {
            wrongType(key, "a group of keys", "");
        }
        return Optional.empty();
    }

    /** The groups of a list. */
    List<Fields> groups(String key) {
        List<Fields> groups = new ArrayList<>();
        Optional<Node> node = node(key);
        if (node.isPresent() && !(node.get() instanceof Items)) {
            wrongType(key, "a list", "");
        }
        if (node.isPresent() && node.get() instanceof Items items) {
            for (int i = 0; i < items.items().size(); i++) {
                Node item = items.items().get(i);
                String child = JsonPointer.child(JsonPointer.child(pointer, key), i);
                if (item instanceof Members group) {
                    groups.add(new Fields(group, child, item.position(), findings));
                } else {
                    findings.error(
                            ProblemCode.WRONG_TYPE,
                            child,
                            item.position(),
                            key + ": a group of keys is needed, found " + item.what(),
                            "");
                }
            }
        }
        return groups;
    }

    /** A nested group that must be there; an empty one stands in. */
    Fields needGroup(String key) {
        Optional<Fields> group = group(key);
        if (group.isPresent()) {
            return group.get();
        }
        if (!has(key)) {
            missing(key);
        }
        return standIn(key);
    }

    private Fields standIn(String key) {
        return new Fields(new Members(Map.of(), position), JsonPointer.child(pointer, key), position, new Findings());
    }

    /** Each key with its group, for items named by the author; all keys are known. */
    void each(BiConsumer<String, Fields> consumer) {
        for (String key : members.members().keySet()) {
            consumer.accept(key, group(key).orElseGet(() -> standIn(key)));
        }
    }

    /** A map of texts; numbers and truth values are taken as text. */
    Map<String, String> textMap(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        group(key)
                .ifPresent(group ->
                        group.keys().forEach(name -> group.anyScalar(name).ifPresent(text -> map.put(name, text))));
        return map;
    }

    Set<String> keys() {
        return members.members().keySet();
    }

    /** The value at a key, or the stand-in and a finding where the key is not there. */
    <T> T need(String key, Optional<T> value, T standIn) {
        if (value.isEmpty() && !has(key)) {
            missing(key);
        }
        return value.orElse(standIn);
    }

    void badValue(String key, String message, String hint) {
        findings.error(ProblemCode.BAD_VALUE, JsonPointer.child(pointer, key), valuePosition(key), message, hint);
    }

    void wrongType(String key, String needed, String hint) {
        String found = node(key).map(Node::what).orElse("nothing");
        findings.error(
                ProblemCode.WRONG_TYPE,
                JsonPointer.child(pointer, key),
                valuePosition(key),
                key + ": " + needed + " is needed, found " + found,
                hint);
    }

    /** A finding about a key or, for the empty key, about the whole group. */
    void error(ProblemCode code, String key, String message, String hint) {
        findings.error(
                code,
                key.isEmpty() ? pointer : JsonPointer.child(pointer, key),
                key.isEmpty() ? position : keyPosition(key),
                message,
                hint);
    }

    /** A finding about a key beside which everything else is taken as written. */
    void report(ProblemCode code, String key, String message) {
        findings.report(code, JsonPointer.child(pointer, key), keyPosition(key), message, "");
    }

    /** Reports unknown keys and missing ones; a missing key that an unknown one was meant to be is told once. */
    void close() {
        findings.knows(pointer, asked);
        Set<String> meant = new LinkedHashSet<>();
        members.members().forEach((key, member) -> {
            if (!asked.contains(key)) {
                DidYouMean.nearest(key, asked).ifPresent(meant::add);
                String child = JsonPointer.child(pointer, key);
                findings.report(
                        ProblemCode.UNKNOWN_KEY,
                        child,
                        member.position(),
                        key + " is not a known key here",
                        DidYouMean.hint(key, asked));
            }
        });
        for (String key : missing) {
            if (!meant.contains(key)) {
                findings.report(ProblemCode.MISSING_KEY, pointer, position, key + " is missing", "");
            }
        }
    }

    private Position keyPosition(String key) {
        Member member = members.members().get(key);
        return member == null ? position : member.position();
    }

    private Position valuePosition(String key) {
        Member member = members.members().get(key);
        return member == null
                ? position
                : member.value() instanceof Scalar ? member.value().position() : member.position();
    }

    private static Optional<String> textOf(Node node) {
        return node instanceof Scalar scalar && scalar.value() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Optional<String> scalarText(Node node) {
        return node instanceof Scalar scalar && scalar.value() != null ? Optional.of(scalar.text()) : Optional.empty();
    }
}
