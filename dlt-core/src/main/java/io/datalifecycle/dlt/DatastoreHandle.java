package io.datalifecycle.dlt;

import io.datalifecycle.dlt.ingest.CorrectResult;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.ingest.internal.Corrector;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A datastore of a workspace. Thread-safe. */
public final class DatastoreHandle extends StoreHandle {

    private final Datastore store;

    DatastoreHandle(Engine engine, WorkspaceContext workspace, Datastore store) {
        super(engine, workspace, store);
        this.store = store;
    }

    /**
     * Takes in rows. Bad rows are refused or quarantined with their reasons and never cost a good one.
     *
     * @throws io.datalifecycle.dlt.problem.ConflictException with {@code WORKSPACE_STATE} when the workspace is suspended or archived, and with
     *     {@code WORKSPACE_CHANGED} when it was moved or deleted meanwhile; nothing of the batch under way is stored then
     */
    public IngestResult ingest(Rows rows) {
        return ingest(rows, IngestOptions.ofDefaults());
    }

    /** Takes in rows with options. */
    public IngestResult ingest(Rows rows, IngestOptions options) {
        WorkspaceContext now = engine.lifecycle.requireRows(workspace);
        return engine.ingestor.ingest(now, engine.lifecycle.now(workspace, now, store), rows, options);
    }

    /** Deletes all rows of a span. The same as {@link #delete(TimeRange, Map)} without conditions. */
    public long delete(TimeRange range) {
        return delete(range, Map.of());
    }

    /**
     * Deletes rows of a span, in one transaction with the note for everything derived from them: the next refresh takes it in.
     *
     * @param range half-open span of the time column
     * @param where values by column; a row is deleted when it has all of them. Null is equal to null. Values are of the Java type that
     *     {@link io.datalifecycle.dlt.row.ColumnType} names, or any number that means the same; of JSON the text.
     * @return number of rows deleted
     * @throws io.datalifecycle.dlt.problem.InvalidInputException for a column the store does not have or a value it cannot hold
     * @throws io.datalifecycle.dlt.problem.StoreUnavailableException when the database is away or another writer stood in the way;
     *     nothing is deleted then
     */
    public long delete(TimeRange range, Map<String, ? extends @Nullable Object> where) {
        return engine.corrector.delete(new Corrector.Rows(workspace, store, range, where));
    }

    /** Corrects all rows of a span. The same as {@link #correct(TimeRange, Map, Function)} without conditions. */
    public CorrectResult correct(
            TimeRange range, Function<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> fix) {
        return correct(range, Map.of(), fix);
    }

    /**
     * Corrects rows of a span, all or none, in one transaction with the note for everything derived from them: the next refresh takes
     * in the old and the new times. What the fix gives is validated as on ingest, with the schema of the workspace's version; rows it
     * leaves as they are, are not. A row may move in time, but not past {@code accept.future}. When one row is invalid, or would have
     * the natural key of another, nothing is changed and the result says why. Rows are locked as they are read, until the end; rows
     * that others commit meanwhile are not looked at.
     *
     * @param range half-open span of the time column
     * @param where values by column, as in {@link #delete(TimeRange, Map)}
     * @param fix gets each row as a new map in the order of time and natural key, with all columns as they are stored: values of the
     *     Java types that {@link io.datalifecycle.dlt.row.ColumnType} names, or null; what is kept as JSON, {@code _extra} too, is a
     *     {@code String} of JSON text. Properties within flat objects have the names of their columns. It gives the row as it should
     *     be, by column ({@code Map} and {@code List} for JSON are taken, too), or null to delete it, or an equal map to leave it; a
     *     column that is left out becomes null. It runs within the transaction, so it should be quick. What it throws goes through,
     *     and nothing is changed.
     * @throws io.datalifecycle.dlt.problem.InvalidInputException for a column the store does not have or a value it cannot hold
     * @throws io.datalifecycle.dlt.problem.StoreUnavailableException when the database is away or another writer stood in the way;
     *     nothing is changed then
     */
    public CorrectResult correct(
            TimeRange range,
            Map<String, ? extends @Nullable Object> where,
            Function<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> fix) {
        WorkspaceContext now = engine.lifecycle.requireRows(workspace);
        return engine.corrector.correct(
                new Corrector.Rows(now, engine.lifecycle.now(workspace, now, store), range, where), fix);
    }

    /** Refused rows that wait to be mended; empty unless the store's {@code on_invalid} keeps them. */
    public QuarantineHandle quarantine() {
        return new QuarantineHandle(engine, workspace, store);
    }
}
