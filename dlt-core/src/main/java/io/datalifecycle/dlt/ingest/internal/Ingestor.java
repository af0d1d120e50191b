package io.datalifecycle.dlt.ingest.internal;

import io.datalifecycle.dlt.ingest.IngestBrokenException;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.internal.Constants;
import io.datalifecycle.dlt.row.internal.RowReader;
import io.datalifecycle.dlt.row.internal.RowReader.Block;
import io.datalifecycle.dlt.row.internal.RowRules;
import io.datalifecycle.dlt.row.internal.Setup;
import io.datalifecycle.dlt.row.internal.Window;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.RowSink.Write;
import io.datalifecycle.dlt.spi.RowSink.WriteResult;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source, validates its rows and hands them to the sink batch by batch; the next batch is parsed while the one before is
 * written, never more than that. Parsing runs in the caller's thread. Thread-safe.
 */
public final class Ingestor {

    /** The first batch is small, so that writing begins soon; nothing overlaps before. */
    private static final int FIRST_ROWS = 10_000;

    private final Storage storage;
    private final InstantSource clock;
    private final DltListener listener;
    private final Executor writer;
    private final Following.Finder finder;
    private final SchemaCompiler schemas = new SchemaCompiler();

    /** Batches of sources with more than one are written by a thread that lives as long as a batch. */
    public Ingestor(Storage storage, InstantSource clock, DltListener listener) {
        this(storage, clock, listener, new WriterThread(), then -> Optional.empty());
    }

    /**
     * The same for workspaces that may be upgraded while their rows come in.
     *
     * @param finder finds out what became of a workspace since it was looked up
     */
    public Ingestor(Storage storage, InstantSource clock, DltListener listener, Following.Finder finder) {
        this(storage, clock, listener, new WriterThread(), finder);
    }

    /** @param writer runs the writing of one batch while the next is parsed; one that runs in the calling thread is fine */
    public Ingestor(Storage storage, InstantSource clock, DltListener listener, Executor writer) {
        this(storage, clock, listener, writer, then -> Optional.empty());
    }

    private Ingestor(
            Storage storage, InstantSource clock, DltListener listener, Executor writer, Following.Finder finder) {
        this.finder = finder;
        this.storage = storage;
        this.clock = clock;
        this.listener = listener;
        this.writer = writer;
    }

    /**
     * Ingests all rows of a source.
     *
     * @throws DltException with {@code SOURCE_UNREADABLE} or {@code CSV_HEADER} when not one row can be read
     * @throws IngestBrokenException when a source breaks later; what came before is stored and counted in it
     */
    public IngestResult ingest(WorkspaceContext workspace, Datastore store, Rows rows, IngestOptions options) {
        return ingest(workspace, store, rows, options, Feed.PLAIN);
    }

    /** The same for records that a connector makes rows of, with its position stored beside the rows. */
    public IngestResult ingest(
            WorkspaceContext workspace, Datastore store, Rows rows, IngestOptions options, Feed feed) {
        Instant start = clock.instant();
        RowRules rules = schemas.rules(workspace, store);
        Map<String, Object> values = new LinkedHashMap<>(rows.csvFormat().constants());
        values.putAll(options.constants());
        Constants constants = values.isEmpty() ? null : Constants.of(rules, values);
        Window window =
                Window.around(start, store.accept().past(), store.accept().future());
        Tally tally = new Tally(store.time(), store.onInvalid() != OnInvalid.REJECT);
        String source = options.source().orElse(rows.name());
        Batches batches = new Batches(workspace, store, source, options, tally, feed);
        IngestResult result;
        RowReader.@Nullable Break broken;
        try (RowReader reader =
                Sources.reader(rows, new Setup(rules, constants, window, expected(rows, options), feed.mapping()))) {
            broken = batches.run(reader);
            result = tally.result(reader.warnings());
        } catch (IOException e) { // closing what was read to its end loses nothing
            throw new DltException(ProblemCode.SOURCE_UNREADABLE, source + " cannot be closed: " + e.getMessage(), e);
        } finally { // what was written before a failure is counted, too
            tell(workspace, store, tally, Duration.between(start, clock.instant()));
        }
        if (broken != null) {
            throw unreadable(source, broken, result);
        }
        return result;
    }

    private void tell(WorkspaceContext workspace, Datastore store, Tally tally, Duration took) {
        IngestResult told = tally.result(List.of());
        listener.onIngest(workspace, store.key(), told.accepted(), told.duplicate(), told.rejected(), took);
        tally.newest().ifPresent(newest -> listener.onNewest(workspace, store.key(), newest));
    }

    private static int expected(Rows rows, IngestOptions options) {
        int guess = rows.values() instanceof Collection<?> known && !known.isEmpty()
                ? known.size() + 1
                : options.batchRows() + 1;
        return Math.min(guess, Math.min(options.batchRows() + 1, 1 << 15));
    }

    private static DltException unreadable(String source, RowReader.Break broken, IngestResult result) {
        if (result.offered() == 0) {
            return new DltException(
                    ProblemCode.SOURCE_UNREADABLE, source + " cannot be read: " + broken.message(), broken.cause());
        }
        return new IngestBrokenException(source, broken.line(), broken.message(), result, broken.cause());
    }

    /** The batches of one call. */
    private final class Batches {

        private final WorkspaceContext workspace;
        private final Datastore store;
        private final String source;
        private final IngestOptions options;
        private final Tally tally;
        private final FollowingSink sink = new FollowingSink(storage.rows(), finder);
        private @Nullable Block writing;
        private @Nullable CompletableFuture<WriteResult> written;
        private final Feed feed;
        private int ordinal;
        private long done;

        @SuppressWarnings("checkstyle:ParameterNumber") // the parameters of one call, kept together
        Batches(
                WorkspaceContext workspace,
                Datastore store,
                String source,
                IngestOptions options,
                Tally tally,
                Feed feed) {
            this.feed = feed;
            this.workspace = workspace;
            this.store = store;
            this.source = source;
            this.options = options;
            this.tally = tally;
        }

        RowReader.@Nullable Break run(RowReader reader) {
            try {
                Block rest = skip(reader);
                if (rest != null) {
                    finish(rest);
                    return rest.broken();
                }
                while (true) {
                    Block block =
                            reader.read(ordinal == 0 ? Math.min(FIRST_ROWS, options.batchRows()) : options.batchRows());
                    await();
                    if (block.offered() > 0) {
                        hand(block);
                    } else if (block.last()) {
                        finish(block);
                    }
                    if (block.last()) {
                        await();
                        return block.broken();
                    }
                }
            } finally {
                settle();
            }
        }

        /** Passes over rows that are in already; gives the last block when nothing is left behind them. */
        private @Nullable Block skip(RowReader reader) {
            done = feed.skip();
            for (long left = done; left > 0; ) {
                Block known = reader.read((int) Math.min(left, options.batchRows()));
                left -= known.offered();
                if (known.last()) {
                    return known;
                }
            }
            return null;
        }

        /** The position after the end, where the last rows were written before the end was seen. */
        private void finish(Block block) {
            if (feed.hasPosition() && block.broken() == null) {
                sink.write(new Write(
                        workspace,
                        store,
                        RowBatch.builder(block.rows().schema(), 0).build(),
                        List.of(),
                        false,
                        source,
                        Optional.empty(),
                        feed.after(done, true)));
            }
        }

        private void hand(Block block) {
            ordinal++;
            done += block.offered();
            Write write = new Write(
                    workspace,
                    store,
                    block.rows(),
                    block.rejected(),
                    store.onInvalid() != OnInvalid.REJECT,
                    source,
                    options.batchId().map(id -> id + "#" + ordinal),
                    feed.after(done, block.last() && block.broken() == null));
            if (block.last()) { // nothing left to do meanwhile
                tally.add(block, sink.write(write));
                return;
            }
            writing = block;
            written = CompletableFuture.supplyAsync(() -> sink.write(write), writer);
        }

        private void await() {
            CompletableFuture<WriteResult> running = written;
            Block block = writing;
            written = null;
            writing = null;
            if (running == null || block == null) {
                return;
            }
            try {
                tally.add(block, running.join());
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw e;
            }
        }

        /** When reading failed, the write on its way still ends before the caller goes on. */
        private void settle() {
            if (written != null) {
                written.handle((result, failure) -> 0).join();
            }
        }
    }
}
