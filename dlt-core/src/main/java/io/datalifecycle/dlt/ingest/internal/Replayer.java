package io.datalifecycle.dlt.ingest.internal;

import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.internal.RowParser;
import io.datalifecycle.dlt.row.internal.RowReader.Block;
import io.datalifecycle.dlt.row.internal.RowRules;
import io.datalifecycle.dlt.row.internal.Window;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.Quarantine;
import io.datalifecycle.dlt.spi.RowSink.WriteResult;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Takes rows of the quarantine in again, mended or as they are, page by page; a page is one transaction. Thread-safe. */
public final class Replayer {

    /** A payload has up to 64 Ki characters, so a page fits into memory. */
    private static final int PAGE = 500;

    private final Storage storage;
    private final InstantSource clock;
    private final DltListener listener;
    private final SchemaCompiler schemas = new SchemaCompiler();

    public Replayer(Storage storage, InstantSource clock, DltListener listener) {
        this.storage = storage;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Validates rows again and stores those that are right now; they leave the quarantine in the transaction that stores them, the
     * others stay as they are. A row counts as arrived when it came first, so the accept window does not close on it while it waits.
     *
     * @param fix changes a row before; what it throws goes through, and pages before are done
     */
    public IngestResult replay(
            WorkspaceContext workspace,
            Datastore store,
            Quarantine.Filter filter,
            Optional<UnaryOperator<Map<String, @Nullable Object>>> fix) {
        Instant start = clock.instant();
        Tally tally = new Tally(store.time(), false);
        try {
            long last = 0;
            List<Quarantine.Entry> page = storage.quarantine().list(workspace, store, filter, last, PAGE);
            while (!page.isEmpty()) {
                Block block = block(schemas.rules(workspace, store), store, page, fix);
                WriteResult none = new WriteResult(0, 0, List.of(), false);
                boolean nothing = block.rows().size() == 0;
                tally.add(block, nothing ? none : storage.rows().replay(workspace, store, block.rows()));
                last = page.get(page.size() - 1).id();
                page = page.size() < PAGE ? List.of() : storage.quarantine().list(workspace, store, filter, last, PAGE);
            }
        } finally {
            tell(workspace, store, tally.result(List.of()), start);
        }
        return tally.result(List.of());
    }

    private void tell(WorkspaceContext workspace, Datastore store, IngestResult result, Instant start) {
        Duration took = Duration.between(start, clock.instant());
        listener.onIngest(workspace, store.key(), result.accepted(), result.duplicate(), result.rejected(), took);
    }

    /** A row's position is the id of its entry. */
    private static Block block(
            RowRules rules,
            Datastore store,
            List<Quarantine.Entry> entries,
            Optional<UnaryOperator<Map<String, @Nullable Object>>> fix) {
        RowBatch.Builder batch = RowBatch.builder(rules.columns(), entries.size() + 1);
        RowParser parser = new RowParser(rules, batch, null, Window.ANY);
        List<RowRejection> rejected = new ArrayList<>();
        for (Quarantine.Entry entry : entries) {
            parser.window(Window.around(
                    entry.at(), store.accept().past(), store.accept().future()));
            byte[] payload = entry.rejection().payload().getBytes(StandardCharsets.UTF_8);
            RowRejection rejection = fix.isPresent()
                    ? parser.mended(payload, fix.get(), entry.id())
                    : parser.bytes(payload, 0, payload.length, entry.id());
            if (rejection != null) {
                rejected.add(rejection);
            }
        }
        return new Block(batch.build(), rejected, true, null);
    }
}
