package io.datalifecycle.dlt.template;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Optional;

/**
 * Raw rows as they come in. Immutable.
 *
 * @param key key, unique over all stores
 * @param title name for people
 * @param time the column that orders rows, a required date-time of the schema
 * @param naturalKey columns that make a row unique
 * @param duplicates what happens to a row whose natural key is known
 * @param schema what a row must look like; its properties become the columns
 * @param onInvalid what happens to a row that breaks the schema
 * @param accept how old or early rows may be
 * @param chunk span of one chunk or partition
 * @param retention how long rows are kept, a Period or a Duration; empty for ever
 * @param rate rows per second that a workspace expects; the chunk follows from it where a template names none
 * @param compressAfter age, a Period or a Duration, from which whole chunks are compressed where the database can; empty never
 * @param quarantineKeep how long rows wait in quarantine, a Period or a Duration
 * @param validTo column of the instant from which a row holds no more, for rows that hold from their time on until another comes (a
 *     reference datastore); empty for rows of an instant
 */
public record Datastore(
        String key,
        Optional<String> title,
        String time,
        List<String> naturalKey,
        Duplicates duplicates,
        JsonSchema schema,
        OnInvalid onInvalid,
        AcceptWindow accept,
        Duration chunk,
        Optional<TemporalAmount> retention,
        Optional<BigDecimal> rate,
        Optional<TemporalAmount> compressAfter,
        TemporalAmount quarantineKeep,
        Optional<String> validTo)
        implements Store {

    /** Span of a chunk when a template names neither it nor a rate. */
    public static final Duration DEFAULT_CHUNK = Duration.ofDays(7);

    /** Span of a chunk of reference rows, which are few and reach far back, when a template names neither it nor a rate. */
    public static final Duration DEFAULT_REFERENCE_CHUNK = Duration.ofDays(3_650);

    /** How long rows wait in quarantine when a template does not say. */
    public static final TemporalAmount DEFAULT_QUARANTINE_KEEP = Period.ofDays(90);

    private static final List<Duration> CHUNKS = List.of(
            Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(1), Duration.ofHours(6), Duration.ofHours(1));

    /** More rows make an index that no longer fits the memory a chunk should; fewer make more chunks than a plan likes. */
    private static final BigDecimal MOST_ROWS_OF_CHUNK = BigDecimal.valueOf(25_000_000);

    /**
     * Span of a chunk when a template names none: the longest of 30 days, 7 days, 1 day, 6 hours and 1 hour that holds at most 25 million
     * rows at this rate; an hour for rates above all of them; {@link #DEFAULT_CHUNK} without a rate, or
     * {@link #DEFAULT_REFERENCE_CHUNK} for rows that hold until another comes.
     */
    public static Duration defaultChunk(Optional<BigDecimal> rate, Optional<String> validTo) {
        if (rate.isEmpty()) {
            return validTo.isPresent() ? DEFAULT_REFERENCE_CHUNK : DEFAULT_CHUNK;
        }
        return CHUNKS.stream()
                .filter(chunk -> rate.get()
                                .multiply(BigDecimal.valueOf(chunk.toSeconds()))
                                .compareTo(MOST_ROWS_OF_CHUNK)
                        <= 0)
                .findFirst()
                .orElse(CHUNKS.get(CHUNKS.size() - 1));
    }

    /** What happens to duplicates when a template does not say: ignored where there is a natural key, kept where there is none. */
    public static Duplicates defaultDuplicates(List<String> naturalKey) {
        return naturalKey.isEmpty() ? Duplicates.KEEP : Duplicates.IGNORE;
    }

    public Datastore {
        naturalKey = List.copyOf(naturalKey);
        rate = rate.map(BigDecimal::stripTrailingZeros);
    }

    @Override
    public RefKind kind() {
        return RefKind.DATASTORE;
    }
}
