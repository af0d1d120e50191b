package io.datalifecycle.dlt.problem;

import java.util.List;
import java.util.stream.Collectors;

/** A template cannot be used; carries every problem that was found, not only the first. */
public final class TemplateInvalidException extends DltException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final int dropped;

    /**
     * @param what what was looked at, for instance {@code template pump_station}
     * @param problems all that was found, at least one
     * @param dropped how many more there were than could be kept
     */
    public TemplateInvalidException(String what, List<Problem> problems, int dropped) {
        super(problems.get(0).code(), message(what, problems, dropped));
        this.problems = List.copyOf(problems);
        this.dropped = dropped;
    }

    /** All that was found, in the order of the text. */
    public List<Problem> problems() {
        return problems;
    }

    /** How many more there were than are in {@link #problems()}. */
    public int dropped() {
        return dropped;
    }

    private static String message(String what, List<Problem> problems, int dropped) {
        String list = problems.stream().map(p -> "\n  - " + p).collect(Collectors.joining());
        String more = dropped == 0 ? "" : "\n  … and " + dropped + " more";
        return what + ": " + (problems.size() + dropped) + (problems.size() + dropped == 1 ? " problem" : " problems")
                + list + more + "\n";
    }
}
