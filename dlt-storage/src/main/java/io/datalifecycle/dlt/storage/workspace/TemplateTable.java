package io.datalifecycle.dlt.storage.workspace;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.TemplateCatalog;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Published template versions in {@code dlt.template_version}. */
public final class TemplateTable implements TemplateCatalog {

    private static final String COLUMNS = "key, version, hash, canonical, published_at, deprecated";

    private final Database app;
    private final Function<Template, List<Problem>> analysis;

    /** The analysis looks at SQL in a data database. */
    public TemplateTable(Database app, Function<Template, List<Problem>> analysis) {
        this.app = app;
        this.analysis = analysis;
    }

    @Override
    public List<Problem> analyse(Template template) {
        return analysis.apply(template);
    }

    @Override
    public TemplateVersion publish(TemplateVersion version) {
        TemplateId id = version.id();
        return app.inTransaction("publish " + id, handle -> {
            handle.createUpdate("INSERT INTO dlt.template_version (key, version, hash, canonical, published_at"
                            + ") VALUES (:key, :version, :hash, :canonical, :at) ON CONFLICT DO NOTHING")
                    .bind("key", id.key())
                    .bind("version", id.version())
                    .bind("hash", id.hash())
                    .bind("canonical", version.canonical())
                    .bind("at", version.publishedAt().atOffset(ZoneOffset.UTC))
                    .execute();
            TemplateVersion there = find(handle, id.key(), id.version()).orElseThrow();
            if (!there.id().hash().equals(id.hash())) {
                throw new ConflictException(
                        ProblemCode.VERSION_FROZEN,
                        "template " + id + " is published with other content and frozen; raise its version");
            }
            return there;
        });
    }

    @Override
    public Optional<TemplateVersion> find(String key, String version) {
        return app.inTransaction("find template " + key, handle -> find(handle, key, version));
    }

    private static Optional<TemplateVersion> find(Handle handle, String key, String version) {
        return handle.createQuery(
                        "SELECT " + COLUMNS + " FROM dlt.template_version WHERE key = :key AND version = :version")
                .bind("key", key)
                .bind("version", version)
                .map((row, context) -> version(row))
                .findOne();
    }

    @Override
    public List<TemplateVersion> versions(String key) {
        return app.inTransaction(
                "list template " + key,
                handle -> handle.createQuery(
                                "SELECT " + COLUMNS + " FROM dlt.template_version WHERE key = :key ORDER BY ordinal")
                        .bind("key", key)
                        .map((row, context) -> version(row))
                        .list());
    }

    @Override
    public List<String> keys() {
        return app.inTransaction(
                "list templates",
                handle -> handle.createQuery(
                                "SELECT key FROM dlt.template_version GROUP BY key ORDER BY key COLLATE \"C\"")
                        .mapTo(String.class)
                        .list());
    }

    @Override
    public TemplateVersion deprecate(String key, String version, String reason) {
        return app.inTransaction("deprecate template " + key, handle -> {
            handle.createUpdate(
                            "UPDATE dlt.template_version SET deprecated = :reason WHERE key = :key AND version = :version")
                    .bind("reason", reason)
                    .bind("key", key)
                    .bind("version", version)
                    .execute();
            return find(handle, key, version)
                    .orElseThrow(() -> new NotFoundException(
                            ProblemCode.TEMPLATE_NOT_FOUND,
                            "template " + key + ":" + version + " is not published; check key and version"));
        });
    }

    private static TemplateVersion version(ResultSet row) throws SQLException {
        return new TemplateVersion(
                new TemplateId(row.getString("key"), row.getString("version"), row.getString("hash")),
                row.getString("canonical"),
                row.getObject("published_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString("deprecated")));
    }
}
