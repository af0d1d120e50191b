package io.datalifecycle.dlt.storage.connector;

import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.ConnectorSource;
import io.datalifecycle.dlt.spi.ConnectorType.Opening;
import io.datalifecycle.dlt.storage.connector.JdbcConnector.Query;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a query beyond a cursor, in its order. A piece ends where the cursor's value changes, so that rows with one value are never
 * torn apart and "greater than" is exact.
 */
final class JdbcSource implements ConnectorSource {

    private static final int MOST_OF_ONE_VALUE = 1_000_000;

    private final Query query;
    private final DataSource database;
    private final Opening opening;
    private boolean exhausted;

    JdbcSource(Query query, DataSource database, Opening opening) {
        this.query = query;
        this.database = database;
        this.opening = opening;
    }

    @Override
    public Optional<Piece> poll(Positions positions, Duration patience) {
        if (exhausted) {
            exhausted = false; // once a run, so that a run ends
            return Optional.empty();
        }
        Optional<String> after =
                positions.of("").map(Checkpoint.Saved::position).or(query::start);
        Page page = onConnection(connection -> page(connection, after));
        if (page.rows.isEmpty()) {
            return Optional.empty();
        }
        exhausted = page.last;
        String next = page.cursor;
        String id = after.orElse("") + ".." + next + "/" + page.rows.size();
        return Optional.of(new Piece("", id, Rows.of(page.rows).named(query.database()), next, Map.of(), true));
    }

    /** Rows that belong together. */
    private static final class Page {
        final List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        String cursor = "";
        boolean last = true;
    }

    private Page page(Connection connection, Optional<String> after) throws SQLException {
        Kind kind = kind(connection);
        boolean bounded = kind != Kind.NUMBER && !query.lag().isZero();
        if (kind == Kind.NUMBER && !query.lag().isZero()) {
            throw failed("lag needs a cursor that is a time; " + query.cursor() + " is a number", null);
        }
        String cursor = "q." + Identifier.quote(query.cursor());
        List<String> conditions = new ArrayList<>(List.of(cursor + " IS NOT NULL"));
        after.ifPresent(value -> conditions.add(cursor + " > ?"));
        if (bounded) {
            conditions.add(cursor + " <= ?");
        }
        String sql = "SELECT q.* FROM (" + query.sql() + "\n) q WHERE " + String.join(" AND ", conditions)
                + " ORDER BY " + cursor;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(Math.min(query.rows(), 5_000));
            statement.setQueryTimeout((int) Math.max(1, query.timeout().toSeconds()));
            int parameter = 1;
            if (after.isPresent()) {
                statement.setObject(parameter++, kind.parse(after.get(), opening), kind.sqlType);
            }
            if (bounded) {
                Instant newest = opening.clock().instant().minus(query.lag());
                statement.setObject(parameter, kind.of(newest, opening), kind.sqlType);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows, kind);
            }
        }
    }

    private Page read(ResultSet rows, Kind kind) throws SQLException {
        Page page = new Page();
        ResultSetMetaData shape = rows.getMetaData();
        int cursorColumn = rows.findColumn(query.cursor());
        while (rows.next()) {
            String value = kind.text(rows, cursorColumn, opening);
            if (page.rows.size() >= query.rows() && !value.equals(page.cursor)) {
                page.last = false;
                return page;
            }
            if (page.rows.size() >= MOST_OF_ONE_VALUE) {
                throw failed(
                        "more than " + MOST_OF_ONE_VALUE + " rows have one value of " + query.cursor()
                                + "; take a finer cursor",
                        null);
            }
            page.rows.add(row(rows, shape));
            page.cursor = value;
        }
        return page;
    }

    private Map<String, @Nullable Object> row(ResultSet rows, ResultSetMetaData shape) throws SQLException {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= shape.getColumnCount(); i++) {
            row.put(shape.getColumnLabel(i), value(rows, i, shape.getColumnType(i), shape.getColumnTypeName(i)));
        }
        return row;
    }

    private @Nullable Object value(ResultSet rows, int column, int type, String typeName) throws SQLException {
        boolean zoned = type == Types.TIMESTAMP_WITH_TIMEZONE || typeName.equals("timestamptz");
        if (type == Types.TIMESTAMP || zoned) {
            Instant instant = zoned
                    ? Optional.ofNullable(rows.getObject(column, OffsetDateTime.class))
                            .map(OffsetDateTime::toInstant)
                            .orElse(null)
                    : Optional.ofNullable(rows.getObject(column, LocalDateTime.class))
                            .map(local -> local.atZone(opening.zone()).toInstant())
                            .orElse(null);
            return instant;
        }
        Object value = rows.getObject(column);
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value instanceof Double number && !Double.isFinite(number) ? null : value;
        }
        if (value instanceof java.sql.Date date) {
            return date.toLocalDate();
        }
        return value instanceof java.util.UUID ? value : rows.getString(column);
    }

    /** What kind of value the cursor is, looked up by an empty run of the query. */
    private Kind kind(Connection connection) throws SQLException {
        String sql = "SELECT q.* FROM (" + query.sql() + "\n) q WHERE 1 = 0";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            ResultSetMetaData shape = rows.getMetaData();
            for (int i = 1; i <= shape.getColumnCount(); i++) {
                if (shape.getColumnLabel(i).equalsIgnoreCase(query.cursor())) {
                    return Kind.of(shape.getColumnType(i), shape.getColumnTypeName(i))
                            .orElseThrow(() ->
                                    failed("the cursor " + query.cursor() + " is neither a time nor a number", null));
                }
            }
        }
        throw failed("the query gives no column " + query.cursor() + ", which is to be its cursor", null);
    }

    /** Kinds of cursors. */
    private enum Kind {
        NUMBER(Types.NUMERIC),
        INSTANT(Types.TIMESTAMP_WITH_TIMEZONE),
        LOCAL(Types.TIMESTAMP);

        final int sqlType;

        Kind(int sqlType) {
            this.sqlType = sqlType;
        }

        static Optional<Kind> of(int type, String name) {
            return switch (type) {
                case Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DECIMAL -> Optional.of(NUMBER);
                case Types.TIMESTAMP_WITH_TIMEZONE -> Optional.of(INSTANT);
                case Types.TIMESTAMP -> Optional.of(name.equals("timestamptz") ? INSTANT : LOCAL);
                default -> Optional.empty();
            };
        }

        /** As kept in a position. */
        String text(ResultSet rows, int column, Opening opening) throws SQLException {
            return switch (this) {
                case NUMBER -> rows.getBigDecimal(column).toPlainString();
                case INSTANT ->
                    rows.getObject(column, OffsetDateTime.class).toInstant().toString();
                case LOCAL -> rows.getObject(column, LocalDateTime.class).toString();
            };
        }

        Object parse(String text, Opening opening) {
            try {
                return switch (this) {
                    case NUMBER -> new BigDecimal(text);
                    case INSTANT -> Instant.parse(text).atOffset(ZoneOffset.UTC);
                    case LOCAL -> Timestamp.valueOf(LocalDateTime.parse(text));
                };
            } catch (NumberFormatException | DateTimeParseException e) {
                throw new DltException(
                        ProblemCode.CONNECTOR_FAILED,
                        "connector " + opening.connector()
                                + ": its start or position does not fit its cursor; correct start or" + " reset it",
                        e);
            }
        }

        Object of(Instant instant, Opening opening) {
            return this == INSTANT
                    ? instant.atOffset(ZoneOffset.UTC)
                    : Timestamp.valueOf(LocalDateTime.ofInstant(instant, opening.zone()));
        }
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T onConnection(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            boolean readOnly = connection.isReadOnly();
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            try {
                return work.run(connection);
            } finally {
                if (!connection.isClosed()) {
                    connection.rollback();
                    connection.setReadOnly(readOnly);
                    connection.setAutoCommit(autoCommit);
                }
            }
        } catch (SQLException e) {
            String state = SqlErrors.state(e);
            throw failed(
                    SqlErrors.isAway(e)
                            ? "the database cannot be reached; check that it runs and its login"
                            : "the database refuses the query (" + state + "); check query and rights",
                    SqlErrors.withoutValues(e));
        }
    }

    private DltException failed(String what, @Nullable Exception cause) {
        String text = "connector " + opening.connector() + ", database " + query.database() + ": " + what;
        return cause == null
                ? new DltException(ProblemCode.CONNECTOR_FAILED, text)
                : new DltException(ProblemCode.CONNECTOR_FAILED, text, cause);
    }

    @Override
    public void settled(Piece piece, Outcome outcome) {
        // the position says it all
    }

    @Override
    public Optional<Lag> lag(Positions positions) {
        Optional<String> after =
                positions.of("").map(Checkpoint.Saved::position).or(query::start);
        long waiting = onConnection(connection -> {
            Kind kind = kind(connection);
            String cursor = "q." + Identifier.quote(query.cursor());
            String sql = "SELECT count(*) FROM (" + query.sql() + "\n) q WHERE " + cursor
                    + (after.isPresent() ? " > ?" : " IS NOT NULL");
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setQueryTimeout((int) Math.max(1, query.timeout().toSeconds()));
                if (after.isPresent()) {
                    statement.setObject(1, kind.parse(after.get(), opening), kind.sqlType);
                }
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
        return Optional.of(new Lag(waiting, "rows", Optional.empty()));
    }

    @Override
    public void close() {
        exhausted = false;
    }
}
