package io.datalifecycle.dlt.storage.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What opening does about DLT's own tables, and about databases that are not there. */
class AppSchemaIT {

    private static PostgresStorage storage(DataSource source, SchemaMode mode) {
        return PostgresStorage.builder().appDatabase(source).schemaMode(mode).build();
    }

    private static List<String> schemas(TestDatabase database) throws SQLException {
        return texts(database, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'dlt%' ORDER BY 1");
    }

    private static List<String> texts(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        }
    }

    @Test
    void openingAgainChangesNothing() throws SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            String history =
                    "SELECT version || ' ' || installed_on FROM dlt.schema_history UNION ALL SELECT version || ' '"
                            + " || installed_on FROM dlt_data.schema_history WHERE version IS NOT NULL ORDER BY 1";
            try (PostgresStorage storage = storage(database.dataSource(), SchemaMode.MIGRATE)) {
                storage.open();
            }
            List<String> before = texts(database, history);
            assertThat(before).isNotEmpty();
            for (SchemaMode mode : SchemaMode.values()) {
                try (PostgresStorage storage = storage(database.dataSource(), mode)) {
                    storage.open();
                }
                assertThat(texts(database, history)).isEqualTo(before);
            }
        }
    }

    @Test
    void validatingAnEmptyDatabaseSaysWhatToDoAndCreatesNothing() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                PostgresStorage storage = storage(database.dataSource(), SchemaMode.VALIDATE)) {
            assertThatThrownBy(storage::open)
                    .isInstanceOfSatisfying(
                            DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.SCHEMA_OUTDATED))
                    .hasMessageContaining("SchemaMode.MIGRATE")
                    .hasMessageContaining("AppSchema.print()");
            assertThat(schemas(database)).isEmpty();
        }
    }

    @Test
    void whatIsPrintedIsWhatTheModesAskFor() throws SQLException {
        try (TestDatabase printed = TestDatabase.create();
                TestDatabase migrated = TestDatabase.create()) {
            try (Connection connection = printed.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(AppSchema.print());
            }
            for (SchemaMode mode : List.of(SchemaMode.VALIDATE, SchemaMode.MIGRATE)) {
                try (PostgresStorage storage = storage(printed.dataSource(), mode)) {
                    storage.open();
                }
            }
            try (PostgresStorage storage = storage(migrated.dataSource(), SchemaMode.MIGRATE)) {
                storage.open();
            }
            String columns =
                    "SELECT table_schema || '.' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable"
                            + " FROM information_schema.columns WHERE table_schema IN ('dlt', 'dlt_data') ORDER BY 1";
            String history = "SELECT installed_rank || version || description || type || script || checksum || success"
                    + " FROM (SELECT * FROM dlt.schema_history UNION ALL SELECT * FROM dlt_data.schema_history) h"
                    + " WHERE version IS NOT NULL ORDER BY script";
            assertThat(texts(printed, columns)).isEqualTo(texts(migrated, columns));
            assertThat(texts(printed, history).stream().map(h -> h.substring(1)).toList())
                    .isEqualTo(texts(migrated, history).stream()
                            .map(h -> h.substring(1))
                            .toList());
        }
    }

    @Test
    void aMissingDatabaseIsNamedAndNothingIsHalfDone() throws SQLException {
        try (TestDatabase there = TestDatabase.create()) {
            PGSimpleDataSource missing = new PGSimpleDataSource();
            missing.setUrl(there.jdbcUrl().replace(there.name(), "no_such_database"));
            missing.setUser(there.user());
            missing.setPassword(there.password());
            PGSimpleDataSource silent = new PGSimpleDataSource();
            silent.setUrl("jdbc:postgresql://localhost:1/nobody");
            silent.setUser("nobody");
            for (DataSource source : List.of(missing, silent)) {
                try (PostgresStorage storage = PostgresStorage.builder()
                        .appDatabase(there.dataSource())
                        .dataDatabase("plant", source)
                        .build()) {
                    assertThatThrownBy(storage::open)
                            .isInstanceOf(StoreUnavailableException.class)
                            .hasMessageContaining("database plant")
                            .hasMessageContaining("check");
                    assertThat(schemas(there)).isEmpty();
                    assertThat(storage.health()).containsEntry("app", "up");
                    assertThat(storage.health().get("plant")).contains("check");
                }
            }
        }
    }
}
