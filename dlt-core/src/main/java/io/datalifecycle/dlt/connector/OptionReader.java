package io.datalifecycle.dlt.connector;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Options of a connector, taken one by one with the type they must have; what is wrong is collected, and a stand-in given. For those who
 * write a {@link io.datalifecycle.dlt.spi.ConnectorType}. Texts that still hold <code>${param.key}</code> are taken as they are. Not
 * thread-safe.
 */
public final class OptionReader {

    private static final String NOT_RIGHT = " is not right";

    private final Map<String, Object> options;
    private final String pointer;
    private final List<Problem> problems;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<OptionReader> groups = new ArrayList<>();

    /** Reads these options. */
    public OptionReader(Map<String, Object> options) {
        this(options, "", new ArrayList<>());
    }

    private OptionReader(Map<String, Object> options, String pointer, List<Problem> problems) {
        this.options = options;
        this.pointer = pointer;
        this.problems = problems;
    }

    /** A text, number or truth value as text; empty when it is not there. */
    public Optional<String> text(String name) {
        asked.add(name);
        Object value = options.get(name);
        if (value instanceof Map || value instanceof List) {
            wrong(name, "a text is expected");
            return Optional.empty();
        }
        return Optional.ofNullable(value).map(Object::toString);
    }

    /** A text that must be there; the empty text when it is not. */
    public String needText(String name) {
        Optional<String> text = text(name).filter(value -> !value.isBlank());
        if (text.isEmpty()) {
            problems.add(Problem.error(ProblemCode.CONNECTOR_OPTION, pointer, name + " is missing", "add " + name));
        }
        return text.orElse("");
    }

    /** True or false. */
    public boolean flag(String name, boolean standIn) {
        Optional<String> text = text(name);
        if (text.isPresent() && !open(text.get()) && !text.get().matches("true|false")) {
            wrong(name, "true or false is expected");
        }
        return text.map("true"::equals).orElse(standIn);
    }

    /** A whole number within bounds, both included. */
    public long whole(String name, long standIn, long least, long most) {
        return parsed(name, standIn, least + " to " + most + " is expected", text -> {
            long value = Long.parseLong(text);
            if (value < least || value > most) {
                throw new IllegalArgumentException(text);
            }
            return value;
        });
    }

    /** A length of time in ISO 8601, not negative. */
    public Duration duration(String name, Duration standIn) {
        return parsed(name, standIn, "a length of time such as PT10S is expected", text -> {
            Duration value = Duration.parse(text);
            if (value.isNegative()) {
                throw new IllegalArgumentException(text);
            }
            return value;
        });
    }

    /** One of a few words. */
    public String word(String name, String standIn, String... words) {
        List<String> known = List.of(words);
        return parsed(name, standIn, "one of " + String.join(", ", known) + " is expected", text -> {
            if (!known.contains(text)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }

    /** Whatever a function makes of the text; an exception of it is a problem. */
    public <T> T parsed(String name, T standIn, String expected, Function<String, T> parser) {
        Optional<String> text = text(name);
        if (text.isEmpty() || open(text.get())) {
            return standIn;
        }
        try {
            return parser.apply(text.get());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            wrong(name, expected);
            return standIn;
        }
    }

    /** A text or a list of texts. */
    public List<String> texts(String name) {
        asked.add(name);
        Object value = options.get(name);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(value.toString());
    }

    /** A group of texts by name. */
    public Map<String, String> textMap(String name) {
        asked.add(name);
        Map<String, String> texts = new LinkedHashMap<>();
        Object value = options.get(name);
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
        } else if (value != null) {
            wrong(name, "names with texts are expected");
        }
        return texts;
    }

    /** A group of options; empty when it is not there. */
    public Optional<OptionReader> group(String name) {
        asked.add(name);
        Object value = options.get(name);
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> inner = new LinkedHashMap<>();
            map.forEach((key, item) -> inner.put(String.valueOf(key), item));
            OptionReader group = new OptionReader(inner, JsonPointer.child(pointer, name), problems);
            groups.add(group);
            return Optional.of(group);
        }
        if (value != null) {
            wrong(name, "a group of options is expected");
        }
        return Optional.empty();
    }

    /** Adds a problem at an option. */
    public void wrong(String name, String expected) {
        Object value = options.get(name);
        String shown = String.valueOf(value);
        problems.add(Problem.error(
                ProblemCode.CONNECTOR_OPTION,
                JsonPointer.child(pointer, name),
                name + ": " + (shown.length() > 60 ? shown.substring(0, 60) + "…" : shown) + NOT_RIGHT,
                expected));
    }

    /** All problems, with options nobody asked for. Called last. */
    public List<Problem> problems() {
        unknown();
        return List.copyOf(problems);
    }

    /** Throws {@code CONNECTOR_OPTION} with all problems in one message, without values: parameters are filled in, which may be secrets. */
    public void throwIfWrong(String connector) {
        List<Problem> all = problems();
        if (!all.isEmpty()) {
            List<String> texts = all.stream()
                    .map(problem -> bare(problem) + " (" + problem.hint() + ")")
                    .toList();
            throw new DltException(
                    ProblemCode.CONNECTOR_OPTION, "connector " + connector + ": " + String.join("; ", texts));
        }
    }

    private static String bare(Problem problem) {
        return problem.message().endsWith(NOT_RIGHT) ? problem.pointer().substring(1) + NOT_RIGHT : problem.message();
    }

    private void unknown() {
        for (String name : options.keySet()) {
            if (asked.add(name)) {
                problems.add(Problem.error(
                        ProblemCode.CONNECTOR_OPTION,
                        JsonPointer.child(pointer, name),
                        name + " is not known",
                        DidYouMean.hint(
                                name,
                                asked.stream()
                                        .filter(known -> !known.equals(name))
                                        .toList())));
            }
        }
        groups.forEach(OptionReader::unknown);
    }

    private static boolean open(String text) {
        return text.contains("${");
    }
}
