package io.datalifecycle.dlt.examples.pumpstation;

import static io.datalifecycle.dlt.template.Field.number;
import static io.datalifecycle.dlt.template.Field.text;
import static io.datalifecycle.dlt.template.Field.timestamp;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.connector.FileConnector;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.spi.Quarantine.Filter;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.Template;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/** All ways for rows to come in; the README shows this file. */
final class GettingDataIn {

    private GettingDataIn() {}

    // region contract
    static final Template INTAKE = Template.define("intake", "1.0.0", t -> {
        t.parameter("inbox", text().required());
        var sensorData = t.datastore(
                "sensor_data",
                d -> d.time("ts")
                        .naturalKey("asset_id", "ts") // a row that comes again changes nothing
                        .field("ts", timestamp().required())
                        .field("asset_id", text(64).required())
                        .field("pressure", number("bar").minimum(0))
                        .accept(a -> a.future(Duration.ofMinutes(10)))
                        .onInvalid(OnInvalid.QUARANTINE)); // bad rows wait to be mended, good ones go in
        t.connector(
                "inbox",
                c -> c.file("${param.inbox}/*.csv")
                        .into(sensorData)
                        .option("then", "move")
                        .map("ts", "time")
                        .map("asset_id", "pump")
                        .map("pressure", "= raw * 0.1")
                        .unit("pressure", "psi"));
        t.connector(
                "gateway", c -> c.push().into(sensorData).explode("/readings").map("asset_id", "/device"));
    });
    // endregion contract

    // region ingest
    record Reading(Instant ts, String assetId, double pressure) {}

    static void ingest(Workspace north, Path ndjson, List<Reading> readings) {
        IngestResult in =
                north.datastore("sensor_data").ingest(Rows.ndjson(ndjson)); // .gz too; also Rows.csv, Rows.json
        for (RowRejection bad : in.rejections()) {
            System.out.println(bad.line() + " " + bad.pointer() + ": " + bad.reason());
        }
        north.datastore("sensor_data")
                .ingest(
                        Rows.ofObjects(readings),
                        IngestOptions.builder().batchId("m-4711").build()); // send again after a failure: stored once
        north.datastore("sensor_data").quarantine().replay(Filter.reason("/pressure minimum"), row -> {
            row.put("pressure", 0);
            return row;
        });
    }
    // endregion ingest

    // region connect
    static Dlt open(DataSource database, Path inboxes) {
        var storage = PostgresStorage.builder().appDatabase(database).build();
        return Dlt.builder()
                .storage(storage)
                .connector(FileConnector.below(inboxes)) // what templates may reach is the host's to say
                .build();
    }

    static void connect(Dlt dlt, Workspace north, InputStream body) {
        dlt.start(); // every connector is read again and again, its position stored with its rows
        IngestResult in = north.connector("gateway").push("message-1", Rows.json(body)); // in your HTTP endpoint
        System.out.println(in + " " + north.connector("inbox").status().state());
    }
    // endregion connect
}
