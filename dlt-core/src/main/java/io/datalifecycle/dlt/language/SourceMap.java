package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.Node.Position;
import io.datalifecycle.dlt.problem.Problem;
import java.util.Map;

/** JSON pointers of a template's text and where they stand. Immutable. */
public final class SourceMap {

    /** For templates that come from no text. */
    public static final SourceMap NONE = new SourceMap(Map.of());

    private final Map<String, Position> positions;

    SourceMap(Map<String, Position> positions) {
        this.positions = Map.copyOf(positions);
    }

    /** The problem with line and column of its pointer, or of the nearest enclosing value that is in the text; unchanged without a text. */
    public Problem locate(Problem problem) {
        if (problem.line() > 0) {
            return problem;
        }
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
