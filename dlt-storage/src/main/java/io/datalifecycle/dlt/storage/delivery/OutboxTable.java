package io.datalifecycle.dlt.storage.delivery;

import io.datalifecycle.dlt.spi.Message;
import io.datalifecycle.dlt.spi.Outbox;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@code dlt.outbox} and its files. Claimed by row lock and lease, so that several nodes can send at once. */
public final class OutboxTable implements Outbox {

    private final Database app;

    public OutboxTable(Database app) {
        this.app = app;
    }

    @Override
    public int enqueue(List<Draft> messages) {
        return app.inTransaction("outbox", handle -> add(handle, messages));
    }

    /** Adds messages within a transaction of the app database. */
    public static int add(Handle handle, List<Draft> messages) {
        int added = 0;
        for (Draft draft : messages) {
            Optional<Long> id = handle.createQuery("""
                            INSERT INTO dlt.outbox (workspace, kind, item, channel, recipient, once, payload, created_at, due_at, state)
                            VALUES (:workspace, :kind, :item, :channel, :recipient, :once, :payload, :at, :at, 'WAITING')
                            ON CONFLICT (workspace, once, channel, recipient) DO NOTHING RETURNING id
                            """)
                    .bind("workspace", draft.workspace().value())
                    .bind("kind", draft.kind())
                    .bind("item", draft.item())
                    .bind("channel", draft.channel())
                    .bind("recipient", draft.recipient())
                    .bind("once", draft.once())
                    .bind("payload", draft.payload())
                    .bind("at", draft.createdAt().atOffset(ZoneOffset.UTC))
                    .mapTo(Long.class)
                    .findOne();
            if (id.isPresent()) {
                added++;
                files(handle, id.get(), draft.files());
            }
        }
        return added;
    }

    private static void files(Handle handle, long outbox, List<Message.Part> files) {
        for (int i = 0; i < files.size(); i++) {
            Message.Part file = files.get(i);
            handle.createUpdate(
                            "INSERT INTO dlt.outbox_file (outbox, ordinal, id, content_type, content, title, inline) "
                                    + "VALUES (:outbox, :ordinal, :id, :type, :content, :title, :inline)")
                    .bind("outbox", outbox)
                    .bind("ordinal", i)
                    .bind("id", file.id())
                    .bind("type", file.contentType())
                    .bind("content", file.content())
                    .bind("title", file.title())
                    .bind("inline", file.inline())
                    .execute();
        }
    }

    @Override
    public List<Entry> claim(Instant now, int limit, Duration lease) {
        return app.inTransaction("outbox", handle -> {
            List<Entry> claimed = handle.createQuery("""
                            UPDATE dlt.outbox SET due_at = :until WHERE id IN (
                              SELECT id FROM dlt.outbox WHERE state = 'WAITING' AND due_at <= :now
                              ORDER BY due_at, id LIMIT :limit FOR UPDATE SKIP LOCKED)
                            RETURNING id, workspace, kind, item, channel, recipient, once, payload, created_at, attempts
                            """)
                    .bind("until", now.plus(lease).atOffset(ZoneOffset.UTC))
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .bind("limit", limit)
                    .map((row, context) -> entry(row, files(handle, row.getLong("id"))))
                    .list();
            List<Entry> ordered = new ArrayList<>(claimed);
            ordered.sort(java.util.Comparator.comparingLong(Entry::id));
            return ordered;
        });
    }

    private static List<Message.Part> files(Handle handle, long outbox) {
        return handle.createQuery(
                        "SELECT id, content_type, content, title, inline FROM dlt.outbox_file WHERE outbox = :outbox ORDER BY ordinal")
                .bind("outbox", outbox)
                .map((row, context) -> new Message.Part(
                        row.getString("id"),
                        row.getString("content_type"),
                        row.getBytes("content"),
                        row.getString("title"),
                        row.getBoolean("inline")))
                .list();
    }

    private static Entry entry(ResultSet row, List<Message.Part> files) throws SQLException {
        return new Entry(
                row.getLong("id"),
                new Draft(
                        new WorkspaceId(row.getLong("workspace")),
                        row.getString("kind"),
                        row.getString("item"),
                        row.getString("channel"),
                        row.getString("recipient"),
                        row.getString("once"),
                        row.getString("payload"),
                        files,
                        row.getObject("created_at", OffsetDateTime.class).toInstant()),
                row.getInt("attempts"));
    }

    @Override
    public void delivered(long id, Instant at, String receipt) {
        app.inTransaction("outbox", handle -> {
            handle.createUpdate(
                            "UPDATE dlt.outbox SET state = 'DELIVERED', delivered_at = :at, receipt = :receipt, attempts = attempts + 1 "
                                    + "WHERE id = :id")
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .bind("receipt", receipt)
                    .bind("id", id)
                    .execute();
            // pictures and files have done their work; the occasion stays as the record of what was sent
            return handle.createUpdate("DELETE FROM dlt.outbox_file WHERE outbox = :id")
                    .bind("id", id)
                    .execute();
        });
    }

    @Override
    public void failed(long id, Instant at, String error, Optional<Instant> retryAt) {
        app.inTransaction(
                "outbox",
                handle -> handle.createUpdate(
                                "UPDATE dlt.outbox SET attempts = attempts + 1, last_error = :error, state = :state, due_at = :due WHERE id = :id")
                        .bind("error", error)
                        .bind("state", (retryAt.isPresent() ? State.WAITING : State.DEAD).name())
                        .bind("due", retryAt.orElse(at).atOffset(ZoneOffset.UTC))
                        .bind("id", id)
                        .execute());
    }

    @Override
    public List<Status> list(WorkspaceId workspace, int limit) {
        return app.inTransaction(
                "outbox of workspace " + workspace,
                handle -> handle.createQuery("""
                        SELECT id, kind, item, channel, recipient, state, attempts, last_error, created_at, delivered_at
                        FROM dlt.outbox WHERE workspace = :workspace ORDER BY id DESC LIMIT :limit
                        """)
                        .bind("workspace", workspace.value())
                        .bind("limit", limit)
                        .map((row, context) -> new Status(
                                row.getLong("id"),
                                row.getString("kind"),
                                row.getString("item"),
                                row.getString("channel"),
                                row.getString("recipient"),
                                State.valueOf(row.getString("state")),
                                row.getInt("attempts"),
                                row.getString("last_error"),
                                row.getObject("created_at", OffsetDateTime.class)
                                        .toInstant(),
                                Optional.ofNullable(row.getObject("delivered_at", OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant)))
                        .list());
    }
}
