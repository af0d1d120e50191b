package io.datalifecycle.dlt.examples.fleetupgrade;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.ml.MlPlugin;
import io.datalifecycle.dlt.notify.NotifyPlugin;
import io.datalifecycle.dlt.storage.PostgresStorage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import javax.sql.DataSource;

/** What every node of the host application has in common: how it opens DLT, and the versions of its template. */
final class PumpStations {

    static final String TEMPLATE = "pump_station";
    static final String BEFORE = "1.0.0";
    static final String AFTER = "2.0.0";

    private PumpStations() {}

    /** Opens DLT on a database; nothing runs by itself, and no mail is sent. */
    static Dlt open(DataSource database, InstantSource clock) {
        return Dlt.builder()
                .clock(clock)
                .storage(PostgresStorage.builder()
                        .appDatabase(database)
                        .clock(clock)
                        .build())
                .plugin(new MlPlugin())
                .plugin(NotifyPlugin.builder()
                        .smtp("127.0.0.1", 25)
                        .from("dlt@pumps.example")
                        .clock(clock)
                        .build())
                .build();
    }

    /** The text of a version. */
    static String yaml(String version) {
        String name = TEMPLATE + "-" + version + ".yaml";
        try (InputStream in = PumpStations.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
