package io.datalifecycle.dlt.kafka;

import io.datalifecycle.dlt.connector.OptionReader;

/**
 * Options of a Kafka connector. Immutable.
 *
 * @param cluster name of a cluster that the host gave
 * @param topic what is read
 * @param latest whether reading begins with what comes from now on, instead of with what is there
 * @param most messages in one transaction
 */
record KafkaOptions(String cluster, String topic, boolean latest, int most) {

    static KafkaOptions read(OptionReader options) {
        return new KafkaOptions(
                options.needText("cluster"),
                options.needText("topic"),
                options.word("start", "earliest", "earliest", "latest").equals("latest"),
                (int) options.whole("most", 5_000, 1, 50_000));
    }
}
