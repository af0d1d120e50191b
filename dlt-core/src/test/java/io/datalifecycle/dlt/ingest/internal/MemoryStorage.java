package io.datalifecycle.dlt.ingest.internal;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import io.datalifecycle.dlt.spi.AlertStore;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.FeatureLedger;
import io.datalifecycle.dlt.spi.FeatureWriter;
import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.spi.Outbox;
import io.datalifecycle.dlt.spi.Provisioner;
import io.datalifecycle.dlt.spi.Quarantine;
import io.datalifecycle.dlt.spi.RowSink;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.spi.TemplateCatalog;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.spi.WorkspaceCatalog;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Rows and quarantine of one datastore in memory, faithful to the contracts: atomic writes, natural keys, batch ids. */
final class MemoryStorage implements Storage {

    private final Instant now;

    /** Rows by natural key, or by number where there is none. */
    final Map<Object, Map<String, Object>> stored = new LinkedHashMap<>();

    final Map<Long, Quarantine.Entry> quarantined = new TreeMap<>();
    final List<String> batchIds = new ArrayList<>();
    private final Map<String, RowSink.WriteResult> known = new HashMap<>();
    private long nextId = 1;

    /** Rows the database itself refuses. */
    Predicate<Map<String, Object>> refuses = row -> false;

    /** Called before each write. */
    Runnable beforeWrite = () -> {};

    MemoryStorage(Instant now) {
        this.now = now;
    }

    @Override
    public RowSink rows() {
        return new RowSink() {
            @Override
            public WriteResult write(Write write) {
                return MemoryStorage.this.write(write);
            }

            @Override
            public WriteResult replay(WorkspaceContext workspace, Datastore store, RowBatch rows) {
                return MemoryStorage.this.replay(workspace, store, rows);
            }

            @Override
            public Optional<Checkpoint.Saved> checkpoint(WorkspaceContext workspace, String name) {
                return Optional.empty();
            }

            @Override
            public Map<String, String> positions(WorkspaceContext workspace, String name) {
                return Map.of();
            }

            @Override
            public void forget(WorkspaceContext workspace, String name) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public io.datalifecycle.dlt.spi.RowCorrector corrections() {
        throw new UnsupportedOperationException();
    }

    @Override
    public io.datalifecycle.dlt.spi.PointInTime pointInTime() {
        throw new UnsupportedOperationException();
    }

    @Override
    public io.datalifecycle.dlt.spi.QuotaStore quotas() {
        throw new UnsupportedOperationException();
    }

    @Override
    public io.datalifecycle.dlt.spi.QualityLog quality() {
        throw new UnsupportedOperationException();
    }

    @Override
    public io.datalifecycle.dlt.spi.ConnectorLog connectors() {
        throw new UnsupportedOperationException();
    }

    @Override
    public io.datalifecycle.dlt.spi.Vitals vitals() {
        throw new UnsupportedOperationException();
    }

    private synchronized RowSink.WriteResult write(RowSink.Write write) {
        beforeWrite.run();
        write.batchId().ifPresent(batchIds::add);
        RowSink.WriteResult before = write.batchId().map(known::get).orElse(null);
        if (before != null) {
            return new RowSink.WriteResult(before.accepted(), before.duplicate(), before.rejected(), true);
        }
        Datastore store = (Datastore) write.store();
        List<RowRejection> refused = new ArrayList<>();
        long accepted = 0;
        long duplicate = 0;
        RowBatch rows = write.rows();
        for (int i = 0; i < rows.size(); i++) {
            Map<String, Object> row = rows.row(i);
            Object key = store.naturalKey().isEmpty()
                    ? (Object) nextId++
                    : store.naturalKey().stream().map(row::get).toList();
            if (refuses.test(row)) {
                refused.add(new RowRejection(
                        rows.position(i), List.of(new Reason("", "storage", "refused")), row.toString()));
            } else if (stored.putIfAbsent(key, row) == null) {
                accepted++;
            } else {
                duplicate++;
            }
        }
        if (write.keepRejected()) {
            write.rejected().forEach(r -> keep(write, r));
            refused.forEach(r -> keep(write, r));
        }
        RowSink.WriteResult result = new RowSink.WriteResult(accepted, duplicate, refused, false);
        write.batchId().ifPresent(id -> known.put(id, result));
        return result;
    }

    private synchronized RowSink.WriteResult replay(WorkspaceContext workspace, Datastore store, RowBatch rows) {
        RowSink.Write write =
                new RowSink.Write(workspace, store, rows, List.of(), false, "", Optional.empty(), Optional.empty());
        RowSink.WriteResult result = write(write);
        Set<Long> refused = result.rejected().stream().map(RowRejection::line).collect(Collectors.toSet());
        for (int i = 0; i < rows.size(); i++) {
            if (!refused.contains(rows.position(i))) {
                quarantined.remove(rows.position(i));
            }
        }
        return result;
    }

    private void keep(RowSink.Write write, RowRejection rejection) {
        long id = nextId++;
        quarantined.put(
                id,
                new Quarantine.Entry(
                        id,
                        rejection,
                        write.source(),
                        write.workspace().templateId().version(),
                        now,
                        now.plusSeconds(1)));
    }

    @Override
    public Quarantine quarantine() {
        return new Quarantine() {
            @Override
            public List<Entry> list(
                    WorkspaceContext workspace, Datastore store, Filter filter, long afterId, int limit) {
                return quarantined.values().stream()
                        .filter(e -> e.id() > afterId)
                        .filter(e ->
                                filter.ids().isEmpty() || filter.ids().get().contains(e.id()))
                        .limit(limit)
                        .toList();
            }

            @Override
            public Map<String, Long> countByReason(WorkspaceContext workspace, Datastore store) {
                return Map.of();
            }

            @Override
            public long purge(WorkspaceContext workspace, Datastore store, Filter filter) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public void open() {}

    @Override
    public TemplateCatalog templates() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WorkspaceCatalog workspaces() {
        throw new UnsupportedOperationException();
    }

    @Override
    public io.datalifecycle.dlt.spi.Reshaper reshaper() {
        throw new UnsupportedOperationException();
    }

    @Override
    public io.datalifecycle.dlt.spi.FleetStore fleets() {
        throw new UnsupportedOperationException();
    }

    @Override
    public io.datalifecycle.dlt.spi.UpgradeJournal upgrades() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Provisioner provisioner() {
        throw new UnsupportedOperationException();
    }

    @Override
    public io.datalifecycle.dlt.spi.Erasures erasures() {
        throw new UnsupportedOperationException();
    }

    @Override
    public io.datalifecycle.dlt.spi.Transfer transfer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public io.datalifecycle.dlt.spi.Relocation relocation() {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoreReader reader() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FeatureWriter features() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FeatureLedger featureLedger() {
        throw new UnsupportedOperationException();
    }

    @Override
    public TransformEngine queries() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ModelStore models() {
        throw new UnsupportedOperationException();
    }

    @Override
    public AlertStore alerts() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outbox outbox() {
        throw new UnsupportedOperationException();
    }

    @Override
    public JobQueue jobs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> health() {
        return Map.of();
    }

    @Override
    public java.util.List<String> placements() {
        return java.util.List.of("main");
    }

    @Override
    public void close() {}
}
