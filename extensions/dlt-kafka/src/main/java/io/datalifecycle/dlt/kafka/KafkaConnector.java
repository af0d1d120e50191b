package io.datalifecycle.dlt.kafka;

import io.datalifecycle.dlt.connector.OptionReader;
import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ConnectorSource;
import io.datalifecycle.dlt.spi.SharedConnectorType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Connectors of type {@code kafka}: messages of a topic, each one JSON object, read by a consumer group of the connector's own. Where
 * it stands is stored with the rows, one position for each partition, so that each message is stored once, with or without a natural
 * key; the group's offsets at the cluster only follow, for tools that show lag. Templates name clusters that the host has given here
 * and nothing else; give a login that may read what they may see. Immutable, thread-safe.
 */
public final class KafkaConnector implements SharedConnectorType {

    private final Map<String, Map<String, Object>> clusters;

    private KafkaConnector(Map<String, Map<String, Object>> clusters) {
        this.clusters = Collections.unmodifiableMap(new LinkedHashMap<>(clusters));
    }

    /**
     * One cluster under the name that templates use.
     *
     * @param properties of a Kafka consumer: {@code bootstrap.servers}, security, limits. A {@code group.id} goes before the names of all
     *     groups, so that hosts may share a cluster; without one it is {@code dlt}
     */
    public static KafkaConnector cluster(String name, Map<String, ?> properties) {
        return new KafkaConnector(Map.of()).and(name, properties);
    }

    /** The same with one more cluster. */
    public KafkaConnector and(String name, Map<String, ?> properties) {
        if (!properties.containsKey("bootstrap.servers")) {
            throw new IllegalArgumentException("properties: bootstrap.servers is missing");
        }
        Map<String, Map<String, Object>> more = new LinkedHashMap<>(clusters);
        if (more.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(properties))) != null) {
            throw new IllegalArgumentException("name: there is a cluster " + name + " already");
        }
        return new KafkaConnector(more);
    }

    @Override
    public String type() {
        return "kafka";
    }

    @Override
    public List<Problem> check(Map<String, Object> options) {
        OptionReader reader = new OptionReader(options);
        KafkaOptions read = KafkaOptions.read(reader);
        String cluster = read.cluster();
        if (!cluster.isEmpty() && !cluster.contains("${") && !clusters.containsKey(cluster)) {
            reader.wrong("cluster", DidYouMean.hint(cluster, clusters.keySet()));
        }
        return reader.problems();
    }

    @Override
    public ConnectorSource open(Opening opening) {
        OptionReader reader = new OptionReader(opening.options());
        KafkaOptions options = KafkaOptions.read(reader);
        reader.throwIfWrong(opening.connector());
        Map<String, Object> properties = clusters.get(options.cluster());
        if (properties == null) {
            throw new DltException(
                    ProblemCode.CONNECTOR_FAILED,
                    "connector " + opening.connector() + ": there is no cluster of that name; "
                            + DidYouMean.hint(options.cluster(), clusters.keySet()));
        }
        return new KafkaSource(options, new Group(properties, options, opening));
    }
}
