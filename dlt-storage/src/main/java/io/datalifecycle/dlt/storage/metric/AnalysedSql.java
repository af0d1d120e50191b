package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.problem.Problem;
import java.util.List;

/**
 * What PostgreSQL says of a text.
 *
 * @param columns names and exact SQL types of the result; empty when there are problems
 * @param problems what is wrong, with the pointer of the text
 */
record AnalysedSql(List<OutputColumn> columns, List<Problem> problems) {

    AnalysedSql {
        columns = List.copyOf(columns);
        problems = List.copyOf(problems);
    }

    /** A column of a result. */
    record OutputColumn(String name, String sqlType) {}
}
