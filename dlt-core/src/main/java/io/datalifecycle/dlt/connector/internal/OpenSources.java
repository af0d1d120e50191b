package io.datalifecycle.dlt.connector.internal;

import io.datalifecycle.dlt.spi.ConnectorSource;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sources kept open between runs, each used by one thread at a time. Thread-safe. */
final class OpenSources {

    private final Map<Name, Slot> slots = new ConcurrentHashMap<>();

    /** A source, or room for one. */
    static final class Slot {
        final ReentrantLock lock = new ReentrantLock();
        private @Nullable ConnectorSource source;
        private Object made = "";

        /** The open source; opened anew when declared or given parameters differ from those it was opened with. */
        ConnectorSource source(Object recipe, Supplier<ConnectorSource> open) {
            ConnectorSource known = source;
            if (known != null && made.equals(recipe)) {
                return known;
            }
            close();
            ConnectorSource opened = open.get();
            source = opened;
            made = recipe;
            return opened;
        }

        void close() {
            ConnectorSource known = source;
            source = null;
            if (known != null) {
                known.close();
            }
        }
    }

    Slot slot(WorkspaceContext workspace, Connector connector) {
        return slots.computeIfAbsent(new Name(workspace.id().value(), connector.key()), name -> new Slot());
    }

    /** Closes the source of a connector, when there is one, waiting for who uses it. */
    void close(WorkspaceContext workspace, String connector) {
        close(slots.remove(new Name(workspace.id().value(), connector)));
    }

    /** Closes all. */
    void closeAll() {
        slots.keySet().forEach(name -> close(slots.remove(name)));
    }

    private static void close(@Nullable Slot slot) {
        if (slot != null) {
            slot.lock.lock();
            try {
                slot.close();
            } finally {
                slot.lock.unlock();
            }
        }
    }

    private record Name(long workspace, String connector) {}
}
