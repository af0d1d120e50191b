package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.Node.Position;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.template.ItemName;
import java.util.Map;
import java.util.Optional;

/** JSON pointers of a template's text and where they stand, and which items come from other templates. Immutable. */
public final class SourceMap {

    /** For templates that come from no text. */
    public static final SourceMap NONE = new SourceMap(Map.of());

    private final Map<String, Position> positions;
    private final Map<ItemName, String> origins;

    SourceMap(Map<String, Position> positions) {
        this(positions, Map.of());
    }

    SourceMap(Map<String, Position> positions, Map<ItemName, String> origins) {
        this.positions = Map.copyOf(positions);
        this.origins = Map.copyOf(origins);
    }

    /** The items that are not in the text because they come from another template, each with that template as {@code key:version}. */
    public Map<ItemName, String> origins() {
        return origins;
    }

    /**
     * The problem with line and column of its pointer, or of the nearest enclosing value that is in the text; unchanged without a text. A
     * problem of an item that comes from another template has no place, but says which template that is.
     */
    public Problem locate(Problem problem) {
        if (problem.line() > 0) {
            return problem;
        }
        Optional<String> origin = ItemName.at(problem.pointer()).map(origins::get);
        return origin.isPresent() ? from(origin.get(), problem) : placed(problem);
    }

    private static Problem from(String origin, Problem problem) {
        String ending = " (from " + origin + ")";
        return problem.message().endsWith(ending)
                ? problem
                : new Problem(
                        problem.code(),
                        problem.severity(),
                        problem.pointer(),
                        problem.line(),
                        problem.column(),
                        problem.message() + ending,
                        problem.hint());
    }

    private Problem placed(Problem problem) {
        String pointer = problem.pointer();
        while (true) {
            Position position = positions.get(pointer);
            if (position != null) {
                return problem.at(position.line(), position.column());
            }
            if (pointer.isEmpty()) {
                return problem;
            }
            pointer = pointer.substring(0, pointer.lastIndexOf('/'));
        }
    }
}
