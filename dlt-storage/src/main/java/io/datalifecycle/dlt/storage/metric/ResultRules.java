package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.storage.metric.AnalysedSql.OutputColumn;
import io.datalifecycle.dlt.template.ResultShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the columns of an author's SQL have to be. */
final class ResultRules {

    private ResultRules() {}

    /** A metric gives the columns that its result names. */
    static List<Problem> shape(ResultShape result, List<OutputColumn> given, String pointer) {
        List<String> names = given.stream().map(OutputColumn::name).toList();
        Stream<String> wanted = Stream.of();
        if (result instanceof ResultShape.Series series) {
            wanted = Stream.concat(Stream.of(series.x(), series.y()), series.by().stream());
        } else if (result instanceof ResultShape.Scalar scalar) {
            wanted = Stream.concat(Stream.of(scalar.value()), scalar.by().stream());
        } else if (result instanceof ResultShape.Table table) {
            wanted = table.units().keySet().stream();
        }
        return wanted.filter(name -> !names.contains(name))
                .map(name -> Problem.error(
                        ProblemCode.RESULT_MISMATCH, pointer, "the SQL gives no column " + name, "it gives " + names))
                .toList();
    }

    /** A featurestore's SELECT gives exactly the declared columns, in any order, of types that fit. */
    static List<Problem> columns(List<Column> declared, List<OutputColumn> given, String pointer) {
        List<Problem> problems = new ArrayList<>();
        List<String> names = given.stream().map(OutputColumn::name).toList();
        for (Column column : declared) {
            String at = JsonPointer.child(pointer + "/columns", column.name());
            Optional<OutputColumn> found =
                    given.stream().filter(c -> c.name().equals(column.name())).findFirst();
            if (found.isEmpty()) {
                problems.add(Problem.error(
                        ProblemCode.RESULT_MISMATCH,
                        at,
                        "column " + column.name() + " is declared, and the SELECT does not give it",
                        "it gives " + names));
            } else if (!fits(column.type(), found.get().sqlType())) {
                problems.add(Problem.error(
                        ProblemCode.RESULT_MISMATCH,
                        at,
                        "column " + column.name() + " is declared as "
                                + column.type().label() + ", and the SELECT gives "
                                + found.get().sqlType(),
                        hint(column, found.get().sqlType())));
            }
        }
        List<String> known = declared.stream().map(Column::name).toList();
        names.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(Problem.error(
                        ProblemCode.RESULT_MISMATCH,
                        pointer + "/query",
                        "the SELECT gives column " + name + ", which is not declared",
                        "declare it or leave it out; " + DidYouMean.hint(name, known))));
        return problems;
    }

    /** Whether a value of a PostgreSQL type becomes one of the declared type without loss and without a guess. */
    private static boolean fits(ColumnType declared, String sqlType) {
        String base = base(sqlType);
        boolean integer = Set.of("smallint", "integer", "bigint").contains(base);
        return switch (declared) {
            case BIGINT -> integer;
            case DECIMAL -> integer || base.equals("numeric");
            case DOUBLE ->
                integer || Set.of("numeric", "real", "double precision").contains(base);
            case TEXT -> Set.of("text", "character varying", "character").contains(base);
            case TIMESTAMP -> base.equals("timestamp with time zone");
            case TIME -> base.equals("time without time zone");
            case JSON -> base.equals("json") || base.equals("jsonb");
            case BOOLEAN, DATE, UUID -> base.equals(SqlTypes.exact(declared));
        };
    }

    /** Without length or precision: {@code numeric(10,2)}, {@code timestamp(3) with time zone}. */
    private static String base(String sqlType) {
        return sqlType.replaceAll("\\([^)]*\\)", "");
    }

    private static String hint(Column declared, String sqlType) {
        String base = base(sqlType);
        if (declared.type() == ColumnType.TIMESTAMP && base.equals("timestamp without time zone")) {
            return "say which zone it is in: AT TIME ZONE 'UTC'";
        }
        if (declared.type() == ColumnType.BIGINT) {
            return "cast it: round(…)::bigint, or declare a number";
        }
        return "cast it: (…)::" + SqlTypes.exact(declared.type()) + ", or declare another type";
    }
}
