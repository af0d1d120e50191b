package io.datalifecycle.dlt.storage.connector;

import io.datalifecycle.dlt.connector.OptionReader;
import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ConnectorSource;
import io.datalifecycle.dlt.spi.ConnectorType;
import io.datalifecycle.dlt.sql.SqlSyntaxException;
import io.datalifecycle.dlt.sql.SqlText;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Connectors of type {@code jdbc}: new rows of a query on another database, by a column that only grows. Templates name databases that the
 * host has given here and nothing else; give a login that may read what they may see, for a template's query runs with its rights, in a
 * read-only transaction. Immutable, thread-safe.
 */
public final class JdbcConnector implements ConnectorType {

    private final Map<String, DataSource> databases;

    private JdbcConnector(Map<String, DataSource> databases) {
        this.databases = Collections.unmodifiableMap(new LinkedHashMap<>(databases));
    }

    /** One database under the name that templates use. */
    public static JdbcConnector database(String name, DataSource dataSource) {
        return new JdbcConnector(Map.of(name, dataSource));
    }

    /** The same with one more database. */
    public JdbcConnector and(String name, DataSource dataSource) {
        Map<String, DataSource> more = new LinkedHashMap<>(databases);
        if (more.put(name, dataSource) != null) {
            throw new IllegalArgumentException("name: there is a database " + name + " already");
        }
        return new JdbcConnector(more);
    }

    @Override
    public String type() {
        return "jdbc";
    }

    @Override
    public List<Problem> check(Map<String, Object> options) {
        OptionReader reader = new OptionReader(options);
        Query query = Query.read(reader);
        if (!query.database.contains("${") && !query.database.isEmpty() && !databases.containsKey(query.database)) {
            reader.wrong("database", DidYouMean.hint(query.database, databases.keySet()));
        }
        return reader.problems();
    }

    @Override
    public ConnectorSource open(Opening opening) {
        OptionReader reader = new OptionReader(opening.options());
        Query query = Query.read(reader);
        reader.throwIfWrong(opening.connector());
        DataSource database = databases.get(query.database);
        if (database == null) {
            throw new DltException(
                    ProblemCode.CONNECTOR_FAILED,
                    "connector " + opening.connector() + ": there is no database of that name; "
                            + DidYouMean.hint(query.database, databases.keySet()));
        }
        return new JdbcSource(query, database, opening);
    }

    /**
     * What is asked. Immutable.
     *
     * @param database name of the database
     * @param sql one SELECT without the condition on the cursor
     * @param cursor column of the result that only grows: a time or a number
     * @param start where the first run begins; empty for the beginning
     * @param lag rows younger than that are left for later, because transactions that began before may still add older ones
     * @param rows about how many rows make a piece
     * @param timeout of a query
     */
    record Query(
            String database,
            String sql,
            String cursor,
            Optional<String> start,
            Duration lag,
            int rows,
            Duration timeout) {

        static Query read(OptionReader options) {
            String sql = options.needText("query");
            if (!sql.isEmpty() && !sql.contains("${")) {
                options.parsed("query", sql, "one SELECT is expected", Query::single);
            }
            return new Query(
                    options.needText("database"),
                    sql,
                    options.needText("cursor"),
                    options.text("start"),
                    options.duration("lag", Duration.ZERO),
                    (int) options.whole("rows", 10_000, 1, 100_000),
                    options.duration("timeout", Duration.ofMinutes(1)));
        }

        private static String single(String sql) {
            try {
                SqlText text = SqlText.parse(sql);
                if (!text.isSingleStatement()
                        || !sql.strip().matches("(?is)(select|with|values)\\b.*")
                        || !text.inputs().isEmpty()) {
                    throw new IllegalArgumentException(sql);
                }
                return sql;
            } catch (SqlSyntaxException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }
}
