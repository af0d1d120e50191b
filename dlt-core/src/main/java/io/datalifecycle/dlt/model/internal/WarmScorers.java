package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.Scorer;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Scorers between two runs, so that a model is not loaded again for every batch of ten minutes. One is taken out while it works and put
 * back with a fingerprint of the position and state it has saved; it is used again only where the saved ones are still the same, so
 * what another node did in between is never missed. Thread-safe.
 */
final class WarmScorers {

    /** A forest of one asset takes some hundred kilobytes. */
    private static final int MOST = 32;

    /** Which model of which workspace. */
    record Key(WorkspaceId workspace, String model, int version) {}

    private record Warm(Scorer scorer, String fingerprint) {}

    private final Map<Key, Warm> idle = new LinkedHashMap<>();

    /** The scorer that stands exactly where the checkpoint does; whoever gets it owns it. */
    Optional<Scorer> take(Key key, Optional<Checkpoint.Saved> saved) {
        Warm warm;
        synchronized (idle) {
            warm = idle.remove(key);
        }
        if (warm == null) {
            return Optional.empty();
        }
        if (saved.isPresent() && warm.fingerprint().equals(fingerprint(saved.get()))) {
            return Optional.of(warm.scorer());
        }
        warm.scorer().close();
        return Optional.empty();
    }

    /** Keeps a scorer for the next run; the one idle longest goes where there are too many. */
    void put(Key key, Scorer scorer, Checkpoint.Saved stands) {
        String fingerprint = fingerprint(stands);
        synchronized (idle) {
            Warm before = idle.put(key, new Warm(scorer, fingerprint));
            if (before != null) {
                before.scorer().close();
            }
            if (idle.size() > MOST) {
                Warm gone = idle.remove(idle.keySet().iterator().next());
                if (gone != null) {
                    gone.scorer().close();
                }
            }
        }
    }

    private static String fingerprint(Checkpoint.Saved saved) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(saved.position().getBytes(StandardCharsets.UTF_8));
            new TreeMap<>(saved.state()).forEach((part, content) -> {
                digest.update((byte) 0);
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
