package io.datalifecycle.dlt.torture;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A database with one workspace, whose store takes a time, a text and whatever else comes. */
final class Ground implements AutoCloseable {

    static final String AT = "2026-03-01T12:00:00Z";

    static final Template TEMPLATE = TemplateReader.read("""
            dlt: 1
            key: any
            version: 1.0.0
            datastores:
              rows:
                time: ts
                on_invalid: quarantine
                schema:
                  type: object
                  required: [ts]
                  properties:
                    ts: { type: string, format: date-time }
                    n: { type: integer }
                    v: { type: [number, "null"] }
                    s: { type: [string, "null"] }
            """).template();

    final TestDatabase database;
    final Dlt dlt;
    final Workspace workspace;

    Ground(Backend backend) {
        this(backend, TEMPLATE);
    }

    Ground(Backend backend, Template template) {
        database = TestDatabase.create(backend);
        dlt = Dlt.builder()
                .storage(PostgresStorage.builder()
                        .appDatabase(database.dataSource())
                        .build())
                .build();
        dlt.templates().publish(template);
        workspace = dlt.workspaces().provision("north", template);
    }

    IngestResult ndjson(byte[] bytes) {
        return workspace.datastore("rows").ingest(Rows.ndjson(new ByteArrayInputStream(bytes)));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        workspace
                .datastore("rows")
                .extent()
                .ifPresent(range -> workspace.datastore("rows").rows(range, batch -> {
                    for (int i = 0; i < batch.size(); i++) {
                        rows.add(batch.row(i));
                    }
                }));
        return rows;
    }

    String text(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() {
        dlt.close();
        database.close();
    }
}
