package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.FeatureWriter;
import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.spi.RowSink;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The four parts of a storage that models need, in memory. A write can be made to fail before or after it is done. */
final class MemoryStorage implements StoreReader, RowSink, ModelStore, FeatureWriter {

    /** Feature rows by time and asset: the values in the order of the scan. */
    final TreeMap<String, Map<String, Object>> features = new TreeMap<>();

    /** Scores by their natural key. */
    final TreeMap<String, Map<String, Object>> scores = new TreeMap<>();

    final Map<String, Checkpoint.Saved> checkpoints = new HashMap<>();
    final List<Version> versions = new ArrayList<>();
    final List<byte[]> contents = new ArrayList<>();
    final List<Touched> touched = new ArrayList<>();
    int champion;
    int writes;
    int failAtWrite = -1;
    boolean failAfterCommit;
    Runnable beforeWrite = () -> {};

    Storage storage() {
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(),
                new Class<?>[] {Storage.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "reader", "rows", "models", "features" -> this;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    void put(Instant at, String asset, double value) {
        Map<String, Object> row = new HashMap<>();
        row.put("bucket", at);
        row.put("asset_id", asset);
        row.put("value", value);
        features.put(at + "/" + asset, row);
    }

    void touch(Instant from, Instant to) {
        touched.add(new Touched(touched.size() + 1L, Ref.featurestore("metrics"), TimeRange.of(from, to)));
    }

    @Override
    public long scan(WorkspaceContext workspace, Scan scan, java.util.function.Consumer<RowBatch> batches) {
        RowSchema all = io.datalifecycle.dlt.template.StoreColumns.of(workspace.template(), scan.store());
        RowSchema schema = new RowSchema(scan.columns().stream()
                .map(name -> all.find(name).orElseThrow())
                .toList());
        RowBatch.Builder rows = RowBatch.builder(schema, 16);
        long count = 0;
        for (Map<String, Object> row : List.copyOf(features.values())) {
            if (!scan.range().contains((Instant) row.get("bucket")) || count == scan.limit()) {
                continue;
            }
            for (int c = 0; c < schema.size(); c++) {
                rows.set(c, row.get(schema.column(c).name()));
            }
            rows.endRow(++count);
            if (rows.size() == 7) { // odd, so that batches end in the middle of an instant
                batches.accept(rows.build());
            }
        }
        batches.accept(rows.build());
        return count;
    }

    @Override
    public Optional<TimeRange> extent(WorkspaceContext workspace, Store store) {
        return features.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        TimeRange.of((Instant) features.firstEntry().getValue().get("bucket"), (Instant)
                                features.lastEntry().getValue().get("bucket")));
    }

    @Override
    public WriteResult write(Write write) {
        beforeWrite.run();
        if (writes++ == failAtWrite && !failAfterCommit) {
            throw new IllegalStateException("connection lost before the commit");
        }
        Checkpoint checkpoint = write.checkpoint().orElseThrow();
        Optional<Checkpoint.Saved> saved = Optional.ofNullable(checkpoints.get(checkpoint.name()));
        if (!saved.map(Checkpoint.Saved::position).equals(checkpoint.expected())) {
            throw new ConflictException(ProblemCode.CHECKPOINT_CONFLICT, checkpoint.name() + " has moved");
        }
        Map<String, byte[]> state =
                new HashMap<>(saved.map(Checkpoint.Saved::state).orElse(Map.of()));
        state.putAll(checkpoint.state());
        checkpoints.put(checkpoint.name(), new Checkpoint.Saved(checkpoint.next(), state));
        for (int row = 0; row < write.rows().size(); row++) {
            Map<String, Object> values = write.rows().row(row);
            scores.put(values.get("bucket") + "/" + values.get("asset_id"), values);
        }
        if (writes - 1 == failAtWrite) {
            throw new IllegalStateException("connection lost after the commit");
        }
        return new WriteResult(write.rows().size(), 0, List.of(), false);
    }

    @Override
    public WriteResult replay(WorkspaceContext workspace, Datastore store, RowBatch rows) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Checkpoint.Saved> checkpoint(WorkspaceContext workspace, String name) {
        return Optional.ofNullable(checkpoints.get(name));
    }

    @Override
    public Version save(WorkspaceContext workspace, Draft draft) {
        Version version = new Version(
                draft.model(),
                versions.size() + 1,
                draft.algorithm(),
                draft.format(),
                "",
                draft.signature(),
                draft.metrics(),
                draft.provenance(),
                Instant.EPOCH,
                false);
        versions.add(version);
        contents.add(draft.content());
        return version;
    }

    @Override
    public List<Version> versions(WorkspaceContext workspace, String model) {
        return versions.stream().map(this::current).toList();
    }

    private Version current(Version v) {
        return new Version(
                v.model(),
                v.number(),
                v.algorithm(),
                v.format(),
                v.sha256(),
                v.signature(),
                v.metrics(),
                v.provenance(),
                v.trainedAt(),
                v.number() == champion);
    }

    @Override
    public Optional<Version> champion(WorkspaceContext workspace, String model) {
        return versions(workspace, model).stream().filter(Version::champion).findFirst();
    }

    @Override
    public void promote(WorkspaceContext workspace, String model, int version) {
        champion = version;
    }

    @Override
    public byte[] content(WorkspaceContext workspace, String model, int version) {
        return contents.get(version - 1);
    }

    @Override
    public List<Touched> pending(WorkspaceContext workspace, Consumer consumer) {
        return List.copyOf(touched);
    }

    @Override
    public void taken(WorkspaceContext workspace, Consumer consumer, Collection<Long> taken) {
        touched.removeIf(t -> taken.contains(t.id()));
    }

    @Override
    public Agenda agenda(WorkspaceContext workspace, Featurestore store, Ask ask) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Refreshed refresh(WorkspaceContext workspace, Featurestore store, List<TimeRange> intervals, Run run) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pause(WorkspaceContext workspace, Featurestore store, boolean paused) {
        throw new UnsupportedOperationException();
    }

    @Override
    public java.util.Map<String, String> positions(
            io.datalifecycle.dlt.workspace.WorkspaceContext workspace, String name) {
        return java.util.Map.of();
    }

    @Override
    public void forget(io.datalifecycle.dlt.workspace.WorkspaceContext workspace, String name) {
        throw new UnsupportedOperationException();
    }
}
