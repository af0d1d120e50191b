package io.datalifecycle.dlt.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects problems in the order they are found, keeps the first {@value #CAP} and counts the rest. Not thread-safe. */
public final class Problems {

    /** How many problems are kept; more are only counted. */
    public static final int CAP = 100;

    private final List<Problem> found = new ArrayList<>();
    private int dropped;

    /** Adds one problem, or counts it when {@value #CAP} are already kept. */
    public void add(Problem problem) {
        if (found.size() < CAP) {
            found.add(problem);
        } else {
            dropped++;
        }
    }

    /** Adds an error at a pointer. */
    public void error(ProblemCode code, String pointer, String message, String hint) {
        add(Problem.error(code, pointer, message, hint));
    }

    /** Adds a warning at a pointer. */
    public void warning(ProblemCode code, String pointer, String message, String hint) {
        add(Problem.warning(code, pointer, message, hint));
    }

    /** Adds all, in their order. */
    public void addAll(Collection<Problem> problems) {
        problems.forEach(this::add);
    }

    /** What was kept, in the order found. */
    public List<Problem> list() {
        return List.copyOf(found);
    }

    /** How many were found beyond the cap. */
    public int dropped() {
        return dropped;
    }

    /** Whether nothing at all was found. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether any problem found is an error. */
    public boolean hasErrors() {
        return found.stream().anyMatch(p -> p.severity() == Severity.ERROR);
    }

    /** Throws when any error was found, with everything found in it. */
    public void throwIfErrors(String what) {
        if (hasErrors()) {
            throw new TemplateInvalidException(what, list(), dropped);
        }
    }
}
