package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.problem.Problem;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens sources of one kind: files, an HTTP address, a topic. Thread-safe. */
public interface ConnectorType {

    /** The connector type it serves: {@code file}, {@code http}, {@code kafka}. */
    String type();

    /**
     * What is wrong with a connector's options; pointers are relative to the connector. Texts may still hold <code>${param.key}</code>.
     * Nothing is opened.
     */
    List<Problem> check(Map<String, Object> options);

    /**
     * Opens a source. It may be opened lazily: what cannot be reached may also be told by the first poll.
     *
     * @throws io.datalifecycle.dlt.problem.DltException with {@code CONNECTOR_FAILED}, says what and what to do, without secrets
     */
    ConnectorSource open(Opening opening);

    /**
     * What a source is opened with. Immutable.
     *
     * @param workspace key of the workspace, for names that must be its own
     * @param connector key of the connector
     * @param options of the connector, parameters filled in
     * @param zone of the workspace, for times without an offset
     * @param clock the time
     */
    record Opening(String workspace, String connector, Map<String, Object> options, ZoneId zone, InstantSource clock) {
        public Opening {
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }
    }
}
