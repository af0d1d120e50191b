package io.datalifecycle.dlt.template;

import java.util.List;
import java.util.Optional;

/** One of the three kinds of table that hold time series. */
public sealed interface Store permits Datastore, Featurestore, Inferencestore {

    /** Key within the template, unique over all three kinds. */
    String key();

    Optional<String> title();

    /** Which of the three. */
    RefKind kind();

    /** Name of the column that orders the rows in time, of type timestamp. */
    String time();

    /** Columns that make a row unique; empty when rows may repeat. */
    List<String> naturalKey();

    /** The reference that points here. */
    default Ref ref() {
        return new Ref(kind(), key());
    }
}
