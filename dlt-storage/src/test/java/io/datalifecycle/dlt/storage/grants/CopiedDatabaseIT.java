package io.datalifecycle.dlt.storage.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.storage.schema.SchemaMode;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database under another name, and a copy of it beside it on one server: each has roles of its own, and cages that are closed. */
final class CopiedDatabaseIT {

    private static final Template TEMPLATE = Template.define("copied", "1.0.0", t -> {
        t.datastore(
                "readings",
                d -> d.time("ts").field("ts", Field.timestamp().required()).field("label", Field.text()));
        t.metric(
                "labels",
                m -> m.sql("SELECT label FROM datastore:readings ORDER BY label")
                        .table());
    });

    private static PGSimpleDataSource source(TestDatabase server, String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.jdbcUrl());
        source.setDatabaseName(database);
        source.setUser(server.user());
        source.setPassword(server.password());
        return source;
    }

    private static Dlt dlt(DataSource source, SchemaMode mode) {
        return Dlt.builder()
                .storage(PostgresStorage.builder()
                        .appDatabase(source)
                        .schemaMode(mode)
                        .build())
                .build();
    }

    private static void execute(DataSource source, String... statements) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> texts(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static List<?> labels(Dlt dlt) {
        return dlt.workspaces()
                .find("north")
                .orElseThrow()
                .metric("labels")
                .rows()
                .rows();
    }

    private static void fill(Dlt dlt, String label) {
        Workspace workspace = dlt.workspaces().find("north").orElseThrow();
        workspace.datastore("readings").ingest(Rows.of(Map.of("ts", "2026-03-01T00:00:00Z", "label", label)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRenamedDatabaseKeepsItsRolesAndACopyGetsItsOwn(boolean isWithoutOwners) {
        try (TestDatabase administration = TestDatabase.create(Backend.PLAIN);
                TestDatabase original = TestDatabase.create(Backend.PLAIN)) {
            try (Dlt dlt = dlt(original.dataSource(), SchemaMode.MIGRATE)) {
                dlt.templates().publish(TEMPLATE);
                dlt.workspaces().provision("north", TEMPLATE);
                fill(dlt, "a");
                assertThat(labels(dlt)).isEqualTo(List.of(List.of("a")));
            }
            String renamed = original.name() + "_renamed";
            String copy = original.name() + "_copy";
            execute(
                    administration.superuser(),
                    "ALTER DATABASE " + original.name() + " RENAME TO " + renamed,
                    "CREATE DATABASE " + copy + " TEMPLATE " + renamed + " OWNER " + original.user());
            try {
                assertBothWork(source(original, renamed), source(original, copy), isWithoutOwners);
            } finally {
                execute(
                        administration.superuser(),
                        "DROP DATABASE " + copy + " WITH (FORCE)",
                        "ALTER DATABASE " + renamed + " RENAME TO " + original.name());
            }
        }
    }

    private static void assertBothWork(DataSource renamed, DataSource copy, boolean isWithoutOwners) {
        String logins = "SELECT role FROM dlt_data.login ORDER BY 1";
        List<String> before = texts(renamed, logins);
        if (isWithoutOwners) {
            // as pg_restore --no-owner --no-acl leaves it: a cage with the rights of whoever restored it, open to
            // everybody
            execute(
                    copy,
                    "DROP FUNCTION dlt_cage.w1",
                    "CREATE FUNCTION dlt_cage.w1 (q text, p text[], t timestamptz[]) RETURNS SETOF record LANGUAGE plpgsql "
                            + "STABLE SECURITY DEFINER AS $$ BEGIN RETURN QUERY EXECUTE q USING p, t; END $$");
        }
        assertThatThrownBy(() -> dlt(copy, SchemaMode.VALIDATE))
                .isInstanceOfSatisfying(
                        DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.GRANT_MISSING))
                .hasMessageContaining("DROP FUNCTION dlt_cage.w1(");
        try (Dlt one = dlt(renamed, SchemaMode.MIGRATE);
                Dlt two = dlt(copy, SchemaMode.MIGRATE)) {
            assertThat(texts(copy, "SELECT proname FROM pg_proc WHERE pronamespace = 'dlt_cage'::regnamespace"))
                    .as("cages of others after opening")
                    .isEmpty();
            fill(one, "of one");
            fill(two, "of two");
            assertThat(labels(one)).isEqualTo(List.of(List.of("a"), List.of("of one")));
            assertThat(labels(two)).isEqualTo(List.of(List.of("a"), List.of("of two")));
            assertThat(texts(renamed, logins)).isEqualTo(before);
            assertThat(texts(copy, logins)).hasSize(2).doesNotContainAnyElementsOf(before);
            two.workspaces().delete("north");
            assertThat(labels(one)).hasSize(2);
        }
    }
}
