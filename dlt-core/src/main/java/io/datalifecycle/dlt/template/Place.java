package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Problems;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where in a template a builder is, and the collector it reports to. */
final class Place {

    private final String pointer;
    private final Problems problems;

    Place(String pointer, Problems problems) {
        this.pointer = pointer;
        this.problems = problems;
    }

    Place child(String name) {
        return new Place(JsonPointer.child(pointer, name), problems);
    }

    Place child(int index) {
        return new Place(JsonPointer.child(pointer, index), problems);
    }

    /** The value that a setter keeps: the one set first; a second one is a problem that names it. */
    <T> T once(String key, @Nullable T known, T value) {
        if (known == null) {
            return value;
        }
        error(ProblemCode.DUPLICATE_KEY, key, key + " was already set to " + known, "set it once");
        return known;
    }

    /** The value, or the stand-in and a problem where it was never set. */
    <T> T need(String key, @Nullable T value, T standIn) {
        if (value != null) {
            return value;
        }
        problems.error(ProblemCode.MISSING_KEY, pointer, key + " is missing", "");
        return standIn;
    }

    /** A reference of a kind, written {@code kind:key} or, where {@code kind} is given, as the key alone. */
    Ref ref(String key, String text, @Nullable RefKind kind) {
        Optional<Ref> parsed = Ref.parse(text);
        if (kind != null && text.indexOf(':') < 0) {
            return new Ref(kind, text);
        }
        boolean fits = parsed.isPresent()
                && (kind == null ? parsed.get().kind().isStore() : parsed.get().kind() == kind);
        if (!fits) {
            String form =
                    kind == null ? "datastore:key, featurestore:key or inferencestore:key" : kind.label() + ":key";
            error(
                    ProblemCode.BAD_VALUE,
                    key,
                    key + ": \"" + text + "\" is no reference to a " + (kind == null ? "store" : kind.label()),
                    "write " + form);
        }
        return parsed.orElse(new Ref(kind == null ? RefKind.DATASTORE : kind, text));
    }

    /** A binding below a group; an empty text is a problem. */
    Binding binding(String group, String name, String text) {
        if (text.isBlank()) {
            child(group)
                    .error(
                            ProblemCode.BAD_VALUE,
                            name,
                            name + ": is empty",
                            "use a control, row.column, param.name, now or a literal");
            return Binding.of("''");
        }
        return Binding.of(text);
    }

    void error(ProblemCode code, String key, String message, String hint) {
        problems.error(code, key.isEmpty() ? pointer : JsonPointer.child(pointer, key), message, hint);
    }
}
