package io.datalifecycle.dlt;

import io.datalifecycle.dlt.connector.ConnectorStatus;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.spi.ConnectorLog;
import io.datalifecycle.dlt.spi.ConnectorSource;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.util.Optional;

/**
 * A connector of a workspace. Its rows go into this workspace whatever they say themselves. Thread-safe; runs of one connector wait for
 * each other.
 */
public final class ConnectorHandle {

    private final Engine engine;
    private final WorkspaceContext workspace;
    private final Connector connector;

    ConnectorHandle(Engine engine, WorkspaceContext workspace, Connector connector) {
        this.engine = engine;
        this.workspace = workspace;
        this.connector = connector;
    }

    public String key() {
        return connector.key();
    }

    /**
     * Reads what the source has now, in this thread, whether paused or not. What was stored stays stored when it fails in between; the next
     * run goes on from there.
     *
     * @throws DltException with {@code CONNECTOR_FAILED} or {@code CONNECTOR_OPTION} when the source cannot be read
     */
    public IngestResult run() {
        return run(Duration.ZERO);
    }

    /** The same, waiting up to that long for something to come; for sources that are sent to. */
    public IngestResult run(Duration patience) {
        WorkspaceContext now = engine.lifecycle.requireRows(workspace);
        return engine.connectors.run(now, engine.lifecycle.now(workspace, now, connector), patience);
    }

    /** Takes rows that the host received, mapped as the connector says; for connectors of type {@code push}. */
    public IngestResult push(Rows rows) {
        WorkspaceContext now = engine.lifecycle.requireRows(workspace);
        return engine.connectors.push(now, engine.lifecycle.now(workspace, now, connector), Optional.empty(), rows);
    }

    /** The same under an id of the message: the same id again changes nothing, with or without a natural key. */
    public IngestResult push(String messageId, Rows rows) {
        WorkspaceContext now = engine.lifecycle.requireRows(workspace);
        return engine.connectors.push(
                now, engine.lifecycle.now(workspace, now, connector), Optional.of(messageId), rows);
    }

    /** Lets background work leave it alone until {@link #resume}. */
    public void pause() {
        engine.storage.connectors().pause(workspace, connector.key(), true);
        engine.connectors.close(workspace, connector.key());
    }

    /** Lets background work read it again, from where it stands. */
    public void resume() {
        engine.storage.connectors().pause(workspace, connector.key(), false);
    }

    /** Forgets where it stands, so that it reads everything again. Rows stay; with a natural key they are not doubled. */
    public void reset() {
        engine.connectors.reset(workspace, connector);
    }

    /** How much waits in the source; empty when it cannot tell. Asks the source. */
    public Optional<ConnectorSource.Lag> lag() {
        return engine.connectors.lag(workspace, connector);
    }

    /** Where it stands and what it did. */
    public ConnectorStatus status() {
        Optional<ConnectorLog.Entry> entry = engine.storage.connectors().list(workspace).stream()
                .filter(known -> known.connector().equals(connector.key()))
                .findFirst();
        return ConnectorStatus.of(connector, entry, engine.connectors.positions(workspace, connector));
    }
}
