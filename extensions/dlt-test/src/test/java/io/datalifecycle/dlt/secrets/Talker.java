package io.datalifecycle.dlt.secrets;

import com.sun.net.httpserver.HttpServer;
import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.connector.FileConnector;
import io.datalifecycle.dlt.connector.HttpConnector;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.spi.Quarantine;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.storage.connector.JdbcConnector;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.Template;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A host that logs everything: all libraries at TRACE, and every exception with its stack and its causes. Whatever holds a secret goes
 * wrong in it. A process of its own, because levels are read once.
 */
final class Talker {

    /** In values of rows, files, addresses, headers, passwords. */
    static final String SECRET = "Zz9hushPlover4711";

    private static final String TS = "2026-03-01T12:00:00Z";

    private static Template template(Path inbox, String answers) {
        return Template.define("talker", "1.0.0", t -> {
            for (String store : List.of("kept", "refused")) {
                t.datastore(
                        store,
                        d -> d.time("ts")
                                .onInvalid(store.equals("kept") ? OnInvalid.QUARANTINE : OnInvalid.REJECT)
                                .naturalKey("label", "ts")
                                .field("ts", Field.timestamp().required())
                                .field("label", Field.text().required())
                                .field("v", Field.number()));
            }
            t.metric(
                    "cast",
                    m -> m.sql("SELECT label::integer AS n FROM datastore:kept").table());
            t.metric(
                    "year",
                    m -> m.sql("SELECT CAST(label AS date) AS d FROM datastore:kept")
                            .table());
            t.connector(
                    "files",
                    c -> c.file(inbox + "/*.ndjson")
                            .option("settle", "PT0S")
                            .every(Duration.ofSeconds(1))
                            .into("kept"));
            t.connector(
                    "away",
                    c -> c.http("http://127.0.0.1:1/rows?key=" + SECRET)
                            .option("headers", Map.of("Authorization", "Bearer " + SECRET))
                            .every(Duration.ofSeconds(1))
                            .into("kept"));
            t.connector("answers", c -> c.http(answers + "?key=" + SECRET).into("kept"));
        });
    }

    private Talker() {}

    /** Arguments: address, user, password, directory. */
    public static void main(String[] arguments) throws Exception {
        PGSimpleDataSource database = source(arguments[0], arguments[1], arguments[2]);
        Path inbox = Path.of(arguments[3]);
        wrongPassword(arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = SECRET.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String origin = "http://127.0.0.1:" + server.getAddress().getPort();
        try (Dlt dlt = dlt(database, inbox, origin)) {
            Template template = template(inbox, origin + "/rows");
            dlt.templates().publish(template);
            Workspace workspace = dlt.workspaces().provision("north", template);
            rows(workspace);
            told("a metric", () -> workspace.metric("cast").evaluate());
            told("another metric", () -> workspace.metric("year").evaluate());
            connectors(workspace, inbox);
            dlt.start();
            await(database);
            dlt.stop();
            brokenTables(database, workspace);
            say(workspace.health());
        } finally {
            server.stop(0);
        }
        say("finished");
    }

    private static void say(Object what) {
        System.out.println(what);
    }

    /** What a host logs of an exception. */
    private static void told(String what, Runnable work) {
        try {
            work.run();
            say(what + " did not fail");
        } catch (RuntimeException failure) {
            System.err.println(what + " failed");
            failure.printStackTrace();
        }
    }

    private static PGSimpleDataSource source(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    private static Dlt dlt(PGSimpleDataSource database, Path inbox, String origin) {
        return Dlt.builder()
                .storage(PostgresStorage.builder().appDatabase(database).build())
                .connector(FileConnector.below(inbox))
                .connector(HttpConnector.allowing("http://127.0.0.1:1", origin))
                .connector(JdbcConnector.database(
                        "plant", source("jdbc:postgresql://127.0.0.1:1/plant?sslpassword=" + SECRET, "reader", SECRET)))
                .build();
    }

    private static void wrongPassword(String url) {
        told(
                "a wrong password",
                () -> PostgresStorage.builder()
                        .appDatabase(source(url, "nobody", SECRET))
                        .build()
                        .open());
        told(
                "a server that is away",
                () -> PostgresStorage.builder()
                        .appDatabase(source("jdbc:postgresql://127.0.0.1:1/x?sslpassword=" + SECRET, "nobody", SECRET))
                        .build()
                        .open());
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String line(String label, String v) {
        return "{\"ts\":\"" + TS + "\",\"label\":\"" + label + "\",\"v\":" + v + "}";
    }

    private static void rows(Workspace workspace) {
        for (String store : List.of("kept", "refused")) {
            String good = line(SECRET, "1");
            String bad = line("x", "\"" + SECRET + "\"");
            String refused = line(SECRET + "\\u0000", "1");
            String wrong = "{\"ts\":\"" + SECRET + "\",\"label\":\"y\"}";
            told(
                    store,
                    () -> say(workspace
                            .datastore(store)
                            .ingest(
                                    Rows.ndjson(bytes(String.join("\n", good, bad, refused, wrong, SECRET, ""))),
                                    IngestOptions.builder().batchId("b1").build())));
            told(
                    "an array that breaks",
                    () -> workspace.datastore(store).ingest(Rows.json(bytes("[" + good + "," + SECRET + "]"))));
            told("a text that is no array", () -> workspace.datastore(store).ingest(Rows.json(bytes(SECRET))));
            told(
                    "a quote that does not end",
                    () -> workspace.datastore(store).ingest(Rows.csv(bytes("ts,label\n" + TS + ",\"" + SECRET))));
            told(
                    "csv",
                    () -> workspace
                            .datastore(store)
                            .ingest(Rows.csv(bytes("ts,label,v\n" + TS + "," + SECRET + "," + SECRET + "\n"))));
            told(
                    "an object of no known type",
                    () -> workspace
                            .datastore(store)
                            .ingest(Rows.of(
                                    Map.of("ts", TS, "label", new StringBuilder(SECRET), "v", List.of(SECRET)))));
            told(
                    "a constant",
                    () -> workspace
                            .datastore(store)
                            .ingest(
                                    Rows.ndjson(bytes(line("x", "1"))),
                                    IngestOptions.builder()
                                            .constant("v", SECRET)
                                            .build()));
        }
        told("replay", () -> workspace.datastore("kept").quarantine().replay(Quarantine.Filter.all()));
        say(workspace.datastore("kept").quarantine().list(100));
    }

    private static void connectors(Workspace workspace, Path inbox) throws Exception {
        Files.writeString(inbox.resolve("a.ndjson"), line(SECRET, "2") + "\n" + SECRET + "\n");
        Files.write(inbox.resolve("b.ndjson"), (SECRET + (char) 0xE4).getBytes(StandardCharsets.ISO_8859_1));
        told("files", () -> say(workspace.connector("files").run()));
        told("an answer that is no JSON", () -> workspace.connector("answers").run());
        Connector wrong = Connector.define(
                "wrong",
                c -> c.http("http://127.0.0.1:1/ not an address?key=" + SECRET)
                        .option("format", SECRET)
                        .option("headers", SECRET)
                        .into("kept"));
        told("an address that is none", () -> workspace.connector(wrong).run());
        told("an address that is away", () -> workspace.connector("away").run());
        Connector query = Connector.define(
                "query",
                c -> c.jdbc("plant", "SELECT ts, label FROM t WHERE label = '" + SECRET + "'", "ts")
                        .into("kept"));
        told("a query", () -> workspace.connector(query).run());
        Connector mapped = Connector.define(
                "mapped",
                c -> c.push()
                        .map("ts", "ts")
                        .map("label", "label")
                        .map("v", "= label * 2")
                        .into("kept"));
        told("a mapping", () -> workspace.connector(mapped).push(Rows.ndjson(bytes(line(SECRET, "1") + "\n"))));
        say(workspace.connectors());
    }

    /** Until the scheduler has tried the connectors, whose jobs come every second. */
    private static void await(PGSimpleDataSource database) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < end) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT 1 FROM dlt.job WHERE task_instance LIKE '%/fetch/away' AND consecutive_failures > 0")) {
                if (row.next()) {
                    return;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        say("the scheduler did not try");
    }

    /** Refused by the tables themselves, with values in what PostgreSQL says. */
    private static void brokenTables(PGSimpleDataSource database, Workspace workspace) throws Exception {
        String id = "_wid" + workspace.id();
        execute(
                database,
                "CREATE FUNCTION loud() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                        + "RAISE EXCEPTION 'no % here', NEW USING ERRCODE = 'XX000', DETAIL = NEW::text; END $$");
        execute(
                database,
                "CREATE TRIGGER loud BEFORE INSERT ON refused" + id + " FOR EACH ROW EXECUTE FUNCTION loud()");
        told(
                "a trigger",
                () -> workspace.datastore("refused").ingest(Rows.ndjson(bytes(line(SECRET + "2", "1") + "\n"))));
        execute(database, "ALTER TABLE kept_q" + id + " ADD CHECK (payload = '') NOT VALID");
        told(
                "a check on the quarantine",
                () -> workspace.datastore("kept").ingest(Rows.ndjson(bytes(line("x", "\"" + SECRET + "\"") + "\n"))));
        execute(database, "DROP TABLE kept_q" + id);
        told(
                "a quarantine that is gone",
                () -> workspace.datastore("kept").ingest(Rows.ndjson(bytes(line("x", "\"" + SECRET + "\"") + "\n"))));
    }

    private static void execute(PGSimpleDataSource database, String sql) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
