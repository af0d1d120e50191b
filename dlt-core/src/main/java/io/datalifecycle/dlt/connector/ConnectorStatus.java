package io.datalifecycle.dlt.connector;

import io.datalifecycle.dlt.spi.ConnectorLog;
import io.datalifecycle.dlt.template.Connector;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a connector stands. Immutable.
 *
 * @param key its key
 * @param type the plug-in that reads
 * @param state what it does
 * @param positions stored position by lane of the source; most sources have one lane, named by the empty text
 * @param lastRunAt when it last read something or failed
 * @param lastError why it fails; empty when it does not
 * @param offered rows read since the beginning
 * @param accepted rows stored since the beginning
 * @param duplicate rows that were known since the beginning
 * @param rejected rows refused or quarantined since the beginning
 */
public record ConnectorStatus(
        String key,
        String type,
        State state,
        Map<String, String> positions,
        Optional<Instant> lastRunAt,
        Optional<String> lastError,
        long offered,
        long accepted,
        long duplicate,
        long rejected) {

    public ConnectorStatus {
        positions = Collections.unmodifiableMap(new LinkedHashMap<>(positions));
    }

    /** What a connector does. */
    public enum State {
        /** It reads when background work is on. */
        ACTIVE,
        /** Somebody paused it. */
        PAUSED,
        /** Its last run failed; it is tried again. */
        FAILING
    }

    /** From what is kept. */
    public static ConnectorStatus of(
            Connector connector, Optional<ConnectorLog.Entry> entry, Map<String, String> positions) {
        State state = entry.map(ConnectorLog.Entry::paused).orElse(false)
                ? State.PAUSED
                : entry.map(ConnectorLog.Entry::failures).orElse(0) > 0 ? State.FAILING : State.ACTIVE;
        return new ConnectorStatus(
                connector.key(),
                connector.type(),
                state,
                positions,
                entry.flatMap(ConnectorLog.Entry::lastRunAt),
                entry.flatMap(ConnectorLog.Entry::lastError),
                entry.map(ConnectorLog.Entry::offered).orElse(0L),
                entry.map(ConnectorLog.Entry::accepted).orElse(0L),
                entry.map(ConnectorLog.Entry::duplicate).orElse(0L),
                entry.map(ConnectorLog.Entry::rejected).orElse(0L));
    }
}
