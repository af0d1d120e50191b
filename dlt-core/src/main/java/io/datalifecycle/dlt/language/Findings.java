package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.Node.Position;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Problems;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Problems of one text with their positions, and the pointers whose value could not be taken as written. */
final class Findings {

    private final Problems problems = new Problems();
    private final Set<String> replaced = new LinkedHashSet<>();
    private final Map<String, Set<String>> knownKeys = new LinkedHashMap<>();

    /** Something whose value is replaced by a stand-in. */
    void error(ProblemCode code, String pointer, Position position, String message, String hint) {
        report(code, pointer, position, message, hint);
        replaced.add(pointer);
    }

    /** Something beside which everything else was taken as written. */
    void report(ProblemCode code, String pointer, Position position, String message, String hint) {
        problems.add(Problem.error(code, pointer, message, hint).at(position.line(), position.column()));
    }

    /** Something that was found with its place. */
    void add(Problem problem) {
        problems.add(problem);
    }

    /** Marks a pointer whose value is a stand-in although the problem was reported elsewhere. */
    void replaced(String pointer) {
        replaced.add(pointer);
    }

    /** Which keys the reader knows in the group at a pointer, so that it can be compared with the published schema. */
    void knows(String pointer, Set<String> keys) {
        knownKeys.put(pointer, Set.copyOf(keys));
    }

    Map<String, Set<String>> knownKeys() {
        return knownKeys;
    }

    /** In the order of the text. */
    List<Problem> inOrder() {
        return problems.list().stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    int dropped() {
        return problems.dropped();
    }

    Set<String> replacedPointers() {
        return replaced;
    }
}
