package io.datalifecycle.dlt.storage.model;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.storage.sql.PlainJson;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Model versions in {@code dlt.model_version}. */
public final class ModelTable implements ModelStore {

    private static final String SELECT =
            "SELECT model, number, algorithm, format, sha256, signature, metrics::text AS metrics, "
                    + "provenance::text AS provenance, trained_at, champion FROM dlt.model_version WHERE workspace = :workspace AND model = :model ";

    private final Database app;
    private final InstantSource clock;

    public ModelTable(Database app, InstantSource clock) {
        this.app = app;
        this.clock = clock;
    }

    @Override
    public Version save(WorkspaceContext workspace, Draft draft) {
        return app.inTransaction("save model " + draft.model(), handle -> {
            handle.execute(
                    "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
                    "dlt model " + workspace.id() + " " + draft.model());
            int number = handle.createQuery(
                            "SELECT coalesce(max(number), 0) + 1 FROM dlt.model_version WHERE workspace = :workspace AND model = :model")
                    .bind("workspace", workspace.id().value())
                    .bind("model", draft.model())
                    .mapTo(Integer.class)
                    .one();
            insert(
                    handle,
                    workspace,
                    new Version(
                            draft.model(),
                            number,
                            draft.algorithm(),
                            draft.format(),
                            sha256(draft.content()),
                            draft.signature(),
                            draft.metrics(),
                            draft.provenance(),
                            clock.instant(),
                            false),
                    draft.content());
            return query(handle, workspace, draft.model(), "AND number = " + number)
                    .get(0);
        });
    }

    private static void insert(Handle handle, WorkspaceContext workspace, Version version, byte[] content) {
        handle.createUpdate("""
                        INSERT INTO dlt.model_version
                          (workspace, model, number, algorithm, format, content, sha256, signature, metrics, provenance, trained_at, champion)
                        VALUES (:workspace, :model, :number, :algorithm, :format, :content, :sha256, :signature,
                          CAST(:metrics AS jsonb), CAST(:provenance AS jsonb), :at, :champion)
                        """)
                .bind("workspace", workspace.id().value())
                .bind("model", version.model())
                .bind("number", version.number())
                .bind("algorithm", version.algorithm())
                .bind("format", version.format())
                .bind("content", content)
                .bind("sha256", version.sha256())
                .bind("signature", version.signature())
                .bind("metrics", PlainJson.write(version.metrics()))
                .bind("provenance", PlainJson.write(version.provenance()))
                .bind("at", version.trainedAt().atOffset(ZoneOffset.UTC))
                .bind("champion", version.champion())
                .execute();
    }

    /** Adds a version as it was elsewhere, with its number and time; throws {@code MODEL_UNSAFE} when its bytes do not have its hash. */
    public void restore(WorkspaceContext workspace, Version version, byte[] content) {
        if (!sha256(content).equals(version.sha256())) {
            throw new DltException(
                    ProblemCode.MODEL_UNSAFE,
                    "model " + version.model() + " version " + version.number()
                            + ": its bytes are not those that were saved; nothing was restored");
        }
        app.inTransaction("restore model " + version.model(), handle -> {
            insert(handle, workspace, version, content);
            return true;
        });
    }

    @Override
    public List<Version> versions(WorkspaceContext workspace, String model) {
        return app.inTransaction(
                "versions of model " + model, handle -> query(handle, workspace, model, "ORDER BY number"));
    }

    @Override
    public Optional<Version> champion(WorkspaceContext workspace, String model) {
        return app
                .inTransaction("champion of model " + model, handle -> query(handle, workspace, model, "AND champion"))
                .stream()
                .findFirst();
    }

    @Override
    public void promote(WorkspaceContext workspace, String model, int version) {
        app.inTransaction("promote model " + model, handle -> {
            // one after the other: the index allows one champion at any time
            update(
                    handle,
                    "UPDATE dlt.model_version SET champion = false WHERE workspace = :workspace AND model = :model AND champion AND number <> :number",
                    workspace,
                    model,
                    version);
            int promoted = update(
                    handle,
                    "UPDATE dlt.model_version SET champion = true WHERE workspace = :workspace AND model = :model AND number = :number",
                    workspace,
                    model,
                    version);
            if (promoted == 0) {
                throw new NotFoundException(
                        ProblemCode.ITEM_NOT_FOUND,
                        "model " + model + " of workspace " + workspace.key() + " has no version " + version);
            }
            return promoted;
        });
    }

    private static int update(Handle handle, String sql, WorkspaceContext workspace, String model, int number) {
        return handle.createUpdate(sql)
                .bind("workspace", workspace.id().value())
                .bind("model", model)
                .bind("number", number)
                .execute();
    }

    @Override
    public byte[] content(WorkspaceContext workspace, String model, int version) {
        record Stored(byte[] content, String sha256) {}
        Stored stored = app.inTransaction(
                "load model " + model,
                handle -> handle.createQuery(
                                "SELECT content, sha256 FROM dlt.model_version WHERE workspace = :workspace AND model = :model AND number = :number")
                        .bind("workspace", workspace.id().value())
                        .bind("model", model)
                        .bind("number", version)
                        .map((row, context) -> new Stored(row.getBytes(1), row.getString(2)))
                        .findOne()
                        .orElseThrow(() -> new NotFoundException(
                                ProblemCode.ITEM_NOT_FOUND,
                                "model " + model + " of workspace " + workspace.key() + " has no version " + version)));
        if (!sha256(stored.content()).equals(stored.sha256())) {
            throw new DltException(
                    ProblemCode.MODEL_UNSAFE,
                    "model " + model + " version " + version + " of workspace " + workspace.key()
                            + ": its bytes are not those that were saved; train it again");
        }
        return stored.content();
    }

    private static List<Version> query(Handle handle, WorkspaceContext workspace, String model, String rest) {
        return handle.createQuery(SELECT + rest)
                .bind("workspace", workspace.id().value())
                .bind("model", model)
                .map((row, context) -> version(row))
                .list();
    }

    private static Version version(ResultSet row) throws SQLException {
        return new Version(
                row.getString("model"),
                row.getInt("number"),
                row.getString("algorithm"),
                row.getString("format"),
                row.getString("sha256"),
                row.getString("signature"),
                PlainJson.numbers(row.getString("metrics")),
                PlainJson.texts(row.getString("provenance")),
                row.getObject("trained_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("champion"));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
