/** Connectors of type {@code kafka}: topics of a Kafka cluster, whose offsets are stored with the rows. */
@NullMarked
package io.datalifecycle.dlt.kafka;

import org.jspecify.annotations.NullMarked;
