package io.datalifecycle.dlt.ingest.internal;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.internal.RowParser;
import io.datalifecycle.dlt.row.internal.RowReader.Block;
import io.datalifecycle.dlt.row.internal.RowRules;
import io.datalifecycle.dlt.row.internal.Window;
import io.datalifecycle.dlt.spi.Quarantine;
import io.datalifecycle.dlt.spi.RowSink.Write;
import io.datalifecycle.dlt.spi.RowSink.WriteResult;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rows of the quarantine as one block; a row's position is its place among the entries. */
final class Replay {

    private static final String SOURCE = "quarantine";

    private final Datastore store;
    private final List<Quarantine.Entry> entries;
    private final Block block;

    Replay(RowRules rules, Datastore store, Collection<Quarantine.Entry> mended) {
        this.store = store;
        this.entries = List.copyOf(mended);
        RowBatch.Builder batch = RowBatch.builder(rules.columns(), entries.size() + 1);
        RowParser parser = new RowParser(rules, batch, null, Window.ANY);
        List<RowRejection> rejected = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Quarantine.Entry entry = entries.get(i);
            parser.window(Window.around(
                    entry.at(), store.accept().past(), store.accept().future()));
            byte[] payload = entry.rejection().payload().getBytes(StandardCharsets.UTF_8);
            RowRejection rejection = parser.bytes(payload, 0, payload.length, i + 1L);
            if (rejection != null) {
                rejected.add(rejection);
            }
        }
        this.block = new Block(batch.build(), rejected, true, null);
    }

    Block block() {
        return block;
    }

    /** Identified by what is replayed, so that a crash between storing and leaving the quarantine stores nothing twice. */
    Write write(WorkspaceContext workspace) {
        return new Write(
                workspace, store, block.rows(), List.of(), false, SOURCE, Optional.of(batchId()), Optional.empty());
    }

    private String batchId() {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            for (Quarantine.Entry entry : entries) {
                hash.update((entry.id() + ":" + entry.rejection().payload() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return SOURCE + ":" + HexFormat.of().formatHex(hash.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Ids of the entries that are stored now. */
    List<Long> done(WriteResult result) {
        Set<Long> refused = new HashSet<>();
        block.rejected().forEach(rejection -> refused.add(rejection.line()));
        result.rejected().forEach(rejection -> refused.add(rejection.line()));
        List<Long> done = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (!refused.contains(i + 1L)) {
                done.add(entries.get(i).id());
            }
        }
        return done;
    }
}
