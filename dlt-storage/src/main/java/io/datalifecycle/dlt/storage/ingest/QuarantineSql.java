package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.spi.Quarantine.Filter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A filter of the quarantine as conditions with their values. Immutable. */
final class QuarantineSql {

    /** Label of the first reason. */
    static final String LABEL = "btrim((reasons -> 0 ->> 'pointer') || ' ' || (reasons -> 0 ->> 'keyword'))";

    private final StringBuilder conditions = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    private QuarantineSql() {}

    static QuarantineSql of(Filter filter) {
        QuarantineSql where = new QuarantineSql();
        filter.reason().ifPresent(reason -> where.add(LABEL + " = ?", reason));
        filter.ids().ifPresent(ids -> where.add("id = ANY (?)", ids));
        filter.cameBefore().ifPresent(at -> where.add("at < ?", at.atOffset(ZoneOffset.UTC)));
        filter.expiredBy().ifPresent(at -> where.add("expires_at <= ?", at.atOffset(ZoneOffset.UTC)));
        return where;
    }

    private void add(String condition, Object value) {
        conditions.append(" AND ").append(condition);
        values.add(value);
    }

    /** Each condition after an AND. */
    String and() {
        return conditions.toString();
    }

    /** Binds the values from a parameter on; gives the next. */
    int bind(Connection connection, PreparedStatement statement, int from) throws SQLException {
        int at = from;
        for (Object value : values) {
            if (value instanceof Set<?> ids) {
                statement.setArray(at++, connection.createArrayOf("bigint", ids.toArray()));
            } else {
                statement.setObject(at++, value);
            }
        }
        return at;
    }
}
