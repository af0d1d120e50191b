package io.datalifecycle.dlt.connector.internal;

import io.datalifecycle.dlt.connector.PushOptions;
import io.datalifecycle.dlt.connector.internal.OpenSources.Slot;
import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.ingest.IngestBrokenException;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.ingest.RowsFormat;
import io.datalifecycle.dlt.ingest.internal.Feed;
import io.datalifecycle.dlt.ingest.internal.Ingestor;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import io.datalifecycle.dlt.row.internal.RecordMapping;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.ConnectorLog;
import io.datalifecycle.dlt.spi.ConnectorSource;
import io.datalifecycle.dlt.spi.ConnectorSource.Outcome;
import io.datalifecycle.dlt.spi.ConnectorSource.Piece;
import io.datalifecycle.dlt.spi.ConnectorType;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a source has: piece by piece, rows and position in one transaction. Thread-safe. */
public final class ConnectorRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorRunner.class);

    /** A run gives its thread back after that long, or that many pieces; the next goes on. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(1);

    private static final int MOST_PIECES = 10_000;

    private final Storage storage;
    private final Ingestor ingestor;
    private final Map<String, ConnectorType> types;
    private final InstantSource clock;
    private final DltListener listener;
    private final OpenSources open = new OpenSources();

    @SuppressWarnings("checkstyle:ParameterNumber") // one collaborator each; made in one place
    public ConnectorRunner(
            Storage storage,
            Ingestor ingestor,
            Map<String, ConnectorType> types,
            InstantSource clock,
            DltListener listener) {
        this.storage = storage;
        this.ingestor = ingestor;
        this.types = types;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Reads until the source has nothing more. A second run of the same connector waits for the first; one on another node that was
     * faster ends this one without harm.
     *
     * @param patience longest wait for something to come
     */
    public IngestResult run(WorkspaceContext workspace, Connector connector, Duration patience) {
        Instant start = clock.instant();
        Slot slot = open.slot(workspace, connector);
        slot.lock.lock();
        Sum sum = new Sum();
        try {
            ConnectorSource source =
                    slot.source(List.of(connector, workspace.parameters()), () -> opened(workspace, connector));
            read(workspace, connector, source, patience, start, sum);
            log(workspace, connector, sum, Optional.empty());
        } catch (ConflictException faster) {
            if (faster.code()
                    != ProblemCode.CHECKPOINT_CONFLICT) { // the workspace is gone, there is nobody to note it for
                slot.close();
                throw faster;
            }
            LOG.debug("workspace {}: another node reads connector {}", workspace.key(), connector.key());
            slot.close();
        } catch (RuntimeException failure) {
            slot.close();
            log(workspace, connector, sum, Optional.of(message(failure)));
            throw failure;
        } finally {
            slot.lock.unlock();
        }
        IngestResult result = sum.result();
        listener.onFetch(workspace, connector.key(), result.offered(), Duration.between(start, clock.instant()));
        return result;
    }

    @SuppressWarnings("checkstyle:ParameterNumber") // the state of one run
    private void read(
            WorkspaceContext workspace,
            Connector connector,
            ConnectorSource source,
            Duration patience,
            Instant start,
            Sum sum) {
        for (int pieces = 0; pieces < MOST_PIECES; pieces++) {
            SeenPositions seen = new SeenPositions(storage.rows(), workspace, connector);
            Optional<Piece> piece = source.poll(seen, patience);
            if (piece.isEmpty() || Thread.currentThread().isInterrupted()) {
                return;
            }
            source.settled(piece.get(), take(workspace, connector, piece.get(), seen, sum));
            if (Duration.between(start, clock.instant()).compareTo(LONGEST_RUN) > 0) {
                return;
            }
        }
    }

    /** Stores a piece; gives whether all of it could be read. */
    @SuppressWarnings("checkstyle:ParameterNumber") // the state of one run
    private Outcome take(WorkspaceContext workspace, Connector connector, Piece piece, SeenPositions seen, Sum sum) {
        Datastore store = store(workspace, connector);
        LanePosition position = seen.move(piece);
        try {
            IngestOptions options = options(workspace, connector).build();
            Feed feed = new Feed(mapping(workspace, connector, piece.rows()), position);
            sum.add(ingestor.ingest(workspace, store, rows(connector, piece.rows()), options, feed));
            return Outcome.READ;
        } catch (IngestBrokenException broken) {
            sum.add(broken.result());
            return giveUp(workspace, store, piece, position, broken);
        } catch (DltException unreadable) {
            boolean source =
                    unreadable.code() == ProblemCode.SOURCE_UNREADABLE || unreadable.code() == ProblemCode.CSV_HEADER;
            if (!source) {
                throw unreadable;
            }
            return giveUp(workspace, store, piece, position, unreadable);
        }
    }

    /** A file that breaks would break again: what was good is in, its position goes past it. */
    private Outcome giveUp(
            WorkspaceContext workspace, Datastore store, Piece piece, LanePosition position, DltException broken) {
        if (piece.again()) {
            throw broken;
        }
        ingestor.ingest(
                workspace, store, Rows.of(List.of()), IngestOptions.ofDefaults(), new Feed(null, past(position)));
        LOG.warn("workspace {}: a piece of a source cannot be read: {}", workspace.key(), message(broken));
        return new Outcome(false, message(broken));
    }

    private static Feed.Position past(LanePosition position) {
        return new Feed.Position() {
            @Override
            public long skip() {
                return 0;
            }

            @Override
            public Checkpoint after(long rows, boolean last) {
                return position.after(rows, last);
            }
        };
    }

    /** Rows that the host hands over; a message id that came before changes nothing. */
    public IngestResult push(WorkspaceContext workspace, Connector connector, Optional<String> id, Rows given) {
        Rows rows = asWritten(workspace, connector, given);
        IngestOptions.Builder options = options(workspace, connector);
        id.ifPresent(known -> options.batchId(connector.key() + ":" + known));
        Feed feed = new Feed(mapping(workspace, connector, rows), null);
        Sum sum = new Sum();
        try {
            sum.add(ingestor.ingest(
                    workspace, store(workspace, connector), rows(connector, rows), options.build(), feed));
            log(workspace, connector, sum, Optional.empty());
        } catch (DltException failure) {
            if (failure instanceof IngestBrokenException broken) {
                sum.add(broken.result());
            }
            log(workspace, connector, sum, Optional.of(message(failure)));
            throw failure;
        }
        return sum.result();
    }

    /** How much waits, where the source can tell. */
    public Optional<ConnectorSource.Lag> lag(WorkspaceContext workspace, Connector connector) {
        Slot slot = open.slot(workspace, connector);
        slot.lock.lock();
        try {
            return slot.source(List.of(connector, workspace.parameters()), () -> opened(workspace, connector))
                    .lag(new SeenPositions(storage.rows(), workspace, connector));
        } finally {
            slot.lock.unlock();
        }
    }

    /** Closes what a connector has open. */
    public void close(WorkspaceContext workspace, String connector) {
        open.close(workspace, connector);
    }

    /** Forgets where a connector stands. */
    public void reset(WorkspaceContext workspace, Connector connector) {
        close(workspace, connector.key());
        storage.rows().forget(workspace, SeenPositions.name(connector, ""));
    }

    /** Where a connector stands, by lane. */
    public Map<String, String> positions(WorkspaceContext workspace, Connector connector) {
        Map<String, String> positions = new java.util.TreeMap<>();
        String name = SeenPositions.name(connector, "");
        storage.rows()
                .positions(workspace, name)
                .forEach((key, text) -> PiecePosition.parse(text)
                        .at()
                        .ifPresent(at -> positions.put(key.equals(name) ? "" : key.substring(name.length() + 1), at)));
        return positions;
    }

    @Override
    public void close() {
        open.closeAll();
    }

    private ConnectorSource opened(WorkspaceContext workspace, Connector connector) {
        ConnectorType type = types.get(connector.type());
        if (type == null) {
            throw new DltException(
                    ProblemCode.CONNECTOR_UNKNOWN,
                    "connector " + connector.key() + ": nothing reads sources of type " + connector.type() + "; "
                            + DidYouMean.hint(connector.type(), types.keySet()));
        }
        return type.open(new ConnectorType.Opening(
                workspace.key(),
                connector.key(),
                FilledOptions.of(connector.options(), workspace),
                workspace.zone(),
                clock));
    }

    private static Datastore store(WorkspaceContext workspace, Connector connector) {
        return workspace
                .template()
                .datastore(connector.into().key())
                .orElseThrow(() -> new DltException(
                        ProblemCode.ITEM_NOT_FOUND,
                        "connector " + connector.key() + " goes into " + connector.into()
                                + ", which the template does not have"));
    }

    private static IngestOptions.Builder options(WorkspaceContext workspace, Connector connector) {
        IngestOptions.Builder options = IngestOptions.builder();
        FilledOptions.of(connector.constants(), workspace).forEach(options::constant);
        return options;
    }

    private static @Nullable RecordMapping mapping(WorkspaceContext workspace, Connector connector, Rows rows) {
        return FieldMapping.of(
                connector,
                StoreColumns.of(workspace.template(), store(workspace, connector)),
                workspace.parameters(),
                rows.format() == RowsFormat.CSV);
    }

    /** Pushed CSV is read as the connector says, unless the caller says how it is written. */
    private static Rows asWritten(WorkspaceContext workspace, Connector connector, Rows rows) {
        boolean silent = rows.format() == RowsFormat.CSV && rows.csvFormat().equals(CsvFormat.ofDefaults());
        return silent
                ? PushOptions.csv(connector.key(), FilledOptions.of(connector.options(), workspace), workspace.zone())
                        .map(rows::with)
                        .orElse(rows)
                : rows;
    }

    /** A CSV file whose fields only have other names is read straight into its columns. */
    private static Rows rows(Connector connector, Rows rows) {
        if (rows.format() != RowsFormat.CSV || !FieldMapping.isRenaming(connector)) {
            return rows;
        }
        CsvFormat.Builder csv = rows.csvFormat().toBuilder();
        connector.map().forEach(csv::column);
        return rows.with(csv.build());
    }

    private void log(WorkspaceContext workspace, Connector connector, Sum sum, Optional<String> error) {
        IngestResult result = sum.result();
        boolean quiet = result.offered() == 0 && error.isEmpty();
        if (quiet && !failing(workspace, connector)) {
            return; // looking at a source that has nothing costs no write
        }
        try {
            storage.connectors()
                    .ran(
                            workspace,
                            connector.key(),
                            new ConnectorLog.Run(
                                    clock.instant(),
                                    result.offered(),
                                    result.accepted(),
                                    result.duplicate(),
                                    result.rejected(),
                                    error));
        } catch (StoreUnavailableException away) {
            LOG.debug("workspace {}: the run of connector {} was not noted", workspace.key(), connector.key());
        }
    }

    private boolean failing(WorkspaceContext workspace, Connector connector) {
        return storage.connectors().list(workspace).stream()
                .anyMatch(entry -> entry.connector().equals(connector.key()) && entry.failures() > 0);
    }

    private static String message(RuntimeException failure) {
        String text = failure instanceof DltException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getSimpleName();
        return text.length() > 1_000 ? text.substring(0, 1_000) : text;
    }
}
