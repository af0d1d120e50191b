package io.datalifecycle.dlt.kafka;

import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.ConnectorSource;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A topic, read by one member of a consumer group. The stored positions decide where each partition goes on. */
final class KafkaSource implements ConnectorSource {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    /** For messages that are there already. */
    private static final Duration A_MOMENT = Duration.ofMillis(200);

    private static final int MOST_MOMENTS = 50;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final KafkaOptions options;
    private final Group group;
    private final Map<TopicPartition, Partition> partitions = new LinkedHashMap<>();
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Positions current;

    KafkaSource(KafkaOptions options, Group group) {
        this.options = options;
        this.group = group;
    }

    @Override
    public Optional<Piece> poll(Positions positions, Duration patience) {
        try {
            current = positions;
            KafkaConsumer<byte[], byte[]> reading = consumer();
            boolean waiting = partitions.values().stream().allMatch(Partition::isEmpty);
            fetch(reading, waiting ? patience : Duration.ZERO);
            for (int moment = 0; moment < MOST_MOMENTS; moment++) {
                Optional<Piece> piece = next(reading, positions);
                if (piece.isPresent() || partitions.values().stream().allMatch(Partition::isEmpty)) {
                    return piece;
                }
                fetch(reading, A_MOMENT);
            }
            return Optional.empty();
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (KafkaException e) {
            throw group.failed(e);
        } finally {
            current = null;
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        KafkaConsumer<byte[], byte[]> known = consumer;
        if (known == null) {
            known = group.consumer();
            consumer = known;
            known.subscribe(List.of(options.topic()), new Assignment());
        }
        return known;
    }

    private void fetch(KafkaConsumer<byte[], byte[]> reading, Duration patience) {
        List<TopicPartition> full = partitions.values().stream()
                .filter(Partition::isFull)
                .map(partition -> partition.id)
                .toList();
        reading.pause(full);
        try {
            take(reading, patience);
        } catch (OffsetOutOfRangeException gone) {
            skip(reading, gone);
            take(reading, patience);
        }
        reading.resume(full.stream().filter(partitions::containsKey).toList());
    }

    private void take(KafkaConsumer<byte[], byte[]> reading, Duration patience) {
        for (ConsumerRecord<byte[], byte[]> message : reading.poll(patience)) {
            Partition partition = partitions.get(new TopicPartition(message.topic(), message.partition()));
            if (partition != null) {
                partition.add(message);
            }
        }
    }

    private void skip(KafkaConsumer<byte[], byte[]> reading, OffsetOutOfRangeException gone) {
        Map<TopicPartition, Long> first = reading.beginningOffsets(gone.partitions());
        gone.offsetOutOfRangePartitions().forEach((id, position) -> {
            long left = first.getOrDefault(id, 0L);
            LOG.warn(
                    "{}{} has no messages from {} any more, reading goes on at {}: its retention is shorter than this"
                            + " connector was away, or it was made anew",
                    group.about(),
                    id,
                    position,
                    left);
            reading.seek(id, left);
        });
    }

    private Optional<Piece> next(KafkaConsumer<byte[], byte[]> reading, Positions positions) {
        for (Partition partition : List.copyOf(partitions.values())) {
            if (partition.isAnchored() && (partition.isEmpty() || !isWhole(reading, partition))) {
                continue;
            }
            Optional<Long> stored = stored(positions, partition);
            if (stored.isEmpty()) {
                return Optional.of(partition.anchor());
            }
            if (stored.get() != partition.start()) { // another member was here, or the position was forgotten
                partition.move(stored.get());
                reading.seek(partition.id, stored.get());
            } else if (!partition.isEmpty()) {
                return Optional.of(partition.piece());
            }
        }
        return Optional.empty();
    }

    /** Whether all messages were fetched that there are, or that fit: only then a piece made again is not shorter. */
    private static boolean isWhole(KafkaConsumer<byte[], byte[]> reading, Partition partition) {
        return partition.isFull()
                || reading.position(partition.id)
                        >= reading.endOffsets(Set.of(partition.id)).getOrDefault(partition.id, 0L);
    }

    private static Optional<Long> stored(Positions positions, Partition partition) {
        return positions.of(partition.lane()).map(Checkpoint.Saved::position).map(Long::valueOf);
    }

    /** Which partitions are this member's. */
    private final class Assignment implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            KafkaConsumer<byte[], byte[]> reading = consumer;
            Positions positions = current;
            if (reading == null || positions == null) {
                return; // it closes
            }
            Map<TopicPartition, Long> begin =
                    options.latest() ? reading.endOffsets(assigned) : reading.beginningOffsets(assigned);
            for (TopicPartition id : assigned) {
                Partition fresh = new Partition(id, options.most(), begin.getOrDefault(id, 0L), false);
                stored(positions, fresh).ifPresent(fresh::move);
                reading.seek(id, fresh.start());
                partitions.put(id, fresh);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            revoked.forEach(partitions::remove);
        }
    }

    @Override
    public void settled(Piece piece, Outcome outcome) {
        KafkaConsumer<byte[], byte[]> reading = consumer;
        for (Partition partition : partitions.values()) {
            if (partition.lane().equals(piece.lane())) {
                long next = Long.parseLong(piece.next());
                partition.settle(next);
                if (reading != null) { // for tools that show lag; ours is the stored one
                    reading.commitAsync(Map.of(partition.id, new OffsetAndMetadata(next)), null);
                }
            }
        }
    }

    @Override
    public Optional<Lag> lag(Positions positions) {
        try (KafkaConsumer<byte[], byte[]> asking = group.consumer()) {
            List<TopicPartition> all = asking.partitionsFor(options.topic()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = asking.endOffsets(all);
            Map<TopicPartition, Long> begins = asking.beginningOffsets(all);
            long waiting = 0;
            for (TopicPartition id : all) {
                Partition partition = new Partition(id, options.most(), 0, true);
                long begin = begins.getOrDefault(id, 0L);
                long end = ends.getOrDefault(id, 0L);
                long from = stored(positions, partition).orElse(options.latest() ? end : begin);
                waiting += Math.max(0, end - Math.max(from, begin));
            }
            return Optional.of(new Lag(waiting, "messages", Optional.empty()));
        } catch (KafkaException e) {
            throw group.failed(e);
        }
    }

    @Override
    public void close() {
        KafkaConsumer<byte[], byte[]> open = consumer;
        consumer = null;
        partitions.clear();
        if (open != null) {
            try {
                open.close(CloseOptions.timeout(LONGEST_CLOSE));
            } catch (KafkaException e) {
                LOG.debug("{}closed late: {}", group.about(), e.getClass().getSimpleName());
            }
        }
    }
}
