package io.datalifecycle.dlt.kafka;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ConnectorType.Opening;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumer group of one connector, and what goes wrong with it in words. Messages never hold properties, which may be secrets. */
final class Group {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(15);

    private final Map<String, Object> properties;
    private final KafkaOptions options;
    private final String connector;
    private final String name;

    Group(Map<String, Object> properties, KafkaOptions options, Opening opening) {
        this.properties = properties;
        this.options = options;
        this.connector = opening.connector();
        this.name = properties.getOrDefault(ConsumerConfig.GROUP_ID_CONFIG, "dlt") + "." + opening.workspace() + "."
                + connector;
    }

    /** A consumer of the group that has seen its topic. */
    KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> own = new LinkedHashMap<>(properties);
        own.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        own.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, name);
        own.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LONGEST_ANSWER.toMillis());
        own.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LONGEST_ANSWER.toMillis() - 1_000);
        own.put(ConsumerConfig.GROUP_ID_CONFIG, name);
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"); // a position that is gone must be told, not skipped
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, options.most());
        KafkaConsumer<byte[], byte[]> consumer = null;
        try {
            consumer = new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            List<PartitionInfo> partitions = consumer.partitionsFor(options.topic());
            if (partitions == null || partitions.isEmpty()) {
                throw new DltException(
                        ProblemCode.CONNECTOR_FAILED,
                        about() + "there is no topic " + options.topic() + ", or this login may not see it");
            }
            return consumer;
        } catch (KafkaException | DltException e) {
            if (consumer != null) {
                consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
            }
            throw e instanceof KafkaException failure ? failed(failure) : e;
        }
    }

    DltException failed(KafkaException failure) {
        return new DltException(
                ProblemCode.CONNECTOR_FAILED,
                about() + "the cluster cannot be read: " + failure.getClass().getSimpleName()
                        + "; check bootstrap.servers, the login and its rights",
                failure);
    }

    /** Where messages of the log come from. */
    String about() {
        return "connector " + connector + ", cluster " + options.cluster() + ": ";
    }
}
