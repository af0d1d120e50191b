package io.datalifecycle.dlt.ml.input;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hyperparameters of a template as typed values within bounds. Each read names the option, so that {@link #finish} can refuse what
 * nobody read. Not thread-safe. Throws {@code MODEL_OPTION} with the option's name, its value and what is allowed.
 */
public final class Options {

    private final String algorithm;
    private final Map<String, Object> values;
    private final Set<String> known = new TreeSet<>(Set.of("seed"));

    public Options(String algorithm, Map<String, Object> values) {
        this.algorithm = algorithm;
        this.values = values;
    }

    /** A whole number within bounds, both allowed. */
    public int integer(String name, int otherwise, int least, int most) {
        Optional<Double> value = number(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() != Math.rint(value.get()) || value.get() < least || value.get() > most) {
            throw refused(name, "a whole number from " + least + " to " + most);
        }
        return value.get().intValue();
    }

    /** A number within bounds, both allowed. */
    public double decimal(String name, double otherwise, double least, double most) {
        Optional<Double> value = number(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (!(value.get() >= least && value.get() <= most)) {
            throw refused(name, String.format(Locale.ROOT, "a number from %s to %s", least, most));
        }
        return value.get();
    }

    /** Whether the template names the option. */
    public boolean has(String name) {
        known.add(name);
        return values.get(name) != null;
    }

    /** A flag. */
    public boolean flag(String name, boolean otherwise) {
        known.add(name);
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw refused(name, "true or false");
    }

    /** One of some words. */
    public String choice(String name, String otherwise, Set<String> allowed) {
        known.add(name);
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof String word && allowed.contains(word)) {
            return word;
        }
        throw refused(name, "one of " + new TreeSet<>(allowed));
    }

    /** Refuses options that were not read. */
    public void finish() {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new DltException(
                        ProblemCode.MODEL_OPTION, algorithm + " has no option " + name + "; it has " + known);
            }
        }
    }

    /** What to throw when two options contradict each other. */
    public DltException contradiction(String message) {
        return new DltException(ProblemCode.MODEL_OPTION, algorithm + ": " + message);
    }

    private Optional<Double> number(String name) {
        known.add(name);
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number) {
            return Optional.of(number.doubleValue());
        }
        throw refused(name, "a number");
    }

    private DltException refused(String name, String allowed) {
        return new DltException(
                ProblemCode.MODEL_OPTION,
                algorithm + ": option " + name + " is " + values.get(name) + ", use " + allowed);
    }
}
