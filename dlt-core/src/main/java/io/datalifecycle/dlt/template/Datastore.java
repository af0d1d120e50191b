package io.datalifecycle.dlt.template;

import java.time.Duration;
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
        Optional<TemporalAmount> retention)
        implements Store {

    /** Span of a chunk when a template names none. */
    public static final Duration DEFAULT_CHUNK = Duration.ofDays(7);

    /** What happens to duplicates when a template does not say: ignored where there is a natural key, kept where there is none. */
    public static Duplicates defaultDuplicates(List<String> naturalKey) {
        return naturalKey.isEmpty() ? Duplicates.KEEP : Duplicates.IGNORE;
    }

    public Datastore {
        naturalKey = List.copyOf(naturalKey);
    }

    @Override
    public RefKind kind() {
        return RefKind.DATASTORE;
    }
}
