package io.datalifecycle.dlt.fault;

import static io.datalifecycle.dlt.template.Aggregate.count;
import static io.datalifecycle.dlt.template.Aggregate.sum;
import static io.datalifecycle.dlt.template.Field.integer;
import static io.datalifecycle.dlt.template.Field.number;
import static io.datalifecycle.dlt.template.Field.text;
import static io.datalifecycle.dlt.template.Field.timestamp;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.connector.FileConnector;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.DatastoreBuilder;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** What the streams go into: a store with a natural key, one without, and a roll-up of the first. */
final class Plant {

    static final String KEYED = "keyed";
    static final String PLAIN = "plain";
    static final String ROLLUP = "ten_minutes";

    /** Connectors that read all files of the inbox into a store, by its key. */
    static String files(String store) {
        return store + "_files";
    }

    /** All stores of rows; each file goes into each. */
    static final List<String> STORES = List.of(KEYED, PLAIN);

    static final Template TEMPLATE = Template.define("plant", "1.0.0", t -> {
        t.parameter("inbox", text().defaultsTo("nowhere"));
        var keyed = t.datastore(KEYED, d -> fields(d).naturalKey("asset_id", "ts"));
        t.datastore(PLAIN, Plant::fields);
        for (String store : STORES) {
            t.connector(
                    files(store),
                    c -> c.file("${param.inbox}/*.ndjson")
                            .option("settle", "PT0S")
                            .into(store));
        }
        t.featurestore(
                ROLLUP,
                f -> f.rollup(
                        keyed,
                        r -> r.every(Duration.ofMinutes(10))
                                .by("asset_id")
                                .column("samples", count())
                                .column("total", sum("n"))));
    });

    private Plant() {}

    private static DatastoreBuilder fields(DatastoreBuilder d) {
        return d.time("ts")
                .field("ts", timestamp().required())
                .field("asset_id", text(64).required())
                .field("n", integer().required())
                .field("value", number())
                .chunk(Duration.ofDays(7))
                .onInvalid(OnInvalid.QUARANTINE);
    }

    /** The library as a host makes it, without schedules. */
    static Dlt open(DataSource database) {
        return open(database, Path.of("nowhere"));
    }

    /** The same, which may read files below a directory. */
    static Dlt open(DataSource database, Path inbox) {
        return Dlt.builder()
                .connector(FileConnector.below(inbox))
                .storage(PostgresStorage.builder().appDatabase(database).build())
                .build();
    }
}
