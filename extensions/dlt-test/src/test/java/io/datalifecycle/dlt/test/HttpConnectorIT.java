package io.datalifecycle.dlt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.datalifecycle.dlt.ConnectorHandle;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.connector.ConnectorStatus;
import io.datalifecycle.dlt.connector.HttpConnector;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows are fetched from an address, page by page, from where it was left, and the other side's wishes are obeyed. */
final class HttpConnectorIT {

    private interface Handler {
        Answer handle(String query) throws IOException;
    }

    private record Answer(int status, String type, byte[] body, List<String> headers) {
        static Answer json(String body) {
            return new Answer(200, "application/json", body.getBytes(StandardCharsets.UTF_8), List.of());
        }

        Answer with(String name, String value) {
            List<String> more = new ArrayList<>(headers);
            more.add(name + "=" + value);
            return new Answer(status, type, body, more);
        }
    }

    /** A body that begins and does not end. */
    private static final int TRICKLE = -1;

    private static final CountDownLatch OVER = new CountDownLatch(1);
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static HttpServer server;
    private static String origin;
    private static volatile Handler handler;
    private static final List<String> QUESTIONS = new CopyOnWriteArrayList<>();
    private static final List<String> TOKENS = new CopyOnWriteArrayList<>();

    static {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            origin = "http://127.0.0.1:" + server.getAddress().getPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @RegisterExtension
    final DltExtension dlt = DltExtension.withTemplate(
                    TemplateReader.read(TEMPLATE).template())
            .with(builder -> builder.connector(HttpConnector.allowing(origin)
                    .timeout(Duration.ofSeconds(2))
                    .maxBytes(100_000)))
            .workspace("north", w -> w.param("api", origin).param("token", "s3cret"));

    private static final String TEMPLATE = """
            dlt: 1
            key: plant
            version: 1.0.0
            parameters:
              api: { type: string, required: true }
              token: { type: string, required: true }
            datastores:
              readings:
                time: ts
                schema:
                  type: object
                  required: [ts, n]
                  additionalProperties: false
                  properties: { ts: { type: string, format: date-time }, n: { type: integer }, site: { type: string } }
            connectors:
              plain: { type: http, into: datastore:readings, url: "${param.api}/plain" }
              pages:
                type: http
                into: datastore:readings
                url: "${param.api}/pages?kind=a"
                headers: { Authorization: "Bearer ${param.token}" }
                rows: /data
                paging: { by: page, param: p, size: 3, size_param: per }
              offsets: { type: http, into: datastore:readings, url: "${param.api}/offsets", paging: { by: offset, size: 3 } }
              tokens:
                type: http
                into: datastore:readings
                url: "${param.api}/tokens"
                rows: /data
                cursor: { param: since, field: n, start: "9" }
                paging: { by: next, next: /meta/next, param: token }
              links: { type: http, into: datastore:readings, url: "${param.api}/links", paging: { by: link } }
              csv: { type: http, into: datastore:readings, url: "${param.api}/csv", format: csv, csv: { delimiter: ";" } }
              elsewhere: { type: http, into: datastore:readings, url: "http://127.0.0.1:1/x" }
            """;

    @BeforeAll
    static void start() {
        server.setExecutor(THREADS);
        server.createContext("/", HttpConnectorIT::handle);
        server.start();
    }

    @AfterAll
    static void stop() {
        OVER.countDown();
        server.stop(0);
        THREADS.shutdownNow();
    }

    @BeforeEach
    void forget() {
        QUESTIONS.clear();
        TOKENS.clear();
        handler = query -> Answer.json("[]");
    }

    @AfterEach
    void settle() {
        handler = query -> Answer.json("[]");
    }

    private static void handle(HttpExchange exchange) throws IOException {
        QUESTIONS.add(exchange.getRequestURI().toString());
        TOKENS.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Answer answer = handler.handle(String.valueOf(exchange.getRequestURI().getRawQuery()));
        if (answer.status == TRICKLE) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            waitForTheEnd();
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", answer.type);
        for (String header : answer.headers) {
            String[] parts = header.split("=", 2);
            exchange.getResponseHeaders().add(parts[0], parts[1]);
        }
        exchange.sendResponseHeaders(answer.status, answer.body.length == 0 ? -1 : answer.body.length);
        if (answer.body.length > 0) {
            exchange.getResponseBody().write(answer.body);
        }
        exchange.close();
    }

    private static String rows(int from, int to) {
        List<String> rows = new ArrayList<>();
        for (int n = from; n < to; n++) {
            rows.add("{\"ts\":\"2026-01-01T00:00:" + (n < 10 ? "0" : "") + n + "Z\",\"n\":" + n + "}");
        }
        return "[" + String.join(",", rows) + "]";
    }

    private static long count(Workspace workspace) {
        return workspace.datastore("readings").count();
    }

    @Test
    void aPlainAnswerIsStored(Workspace north) {
        handler = query -> Answer.json(rows(0, 4));
        assertThat(north.connector("plain").run().accepted()).isEqualTo(4);
        assertThat(QUESTIONS).containsExactly("/plain");
    }

    @Test
    void pagesAreAskedForUntilOneIsShort(Workspace north) {
        handler = query -> {
            int page = Integer.parseInt(query.replaceAll(".*p=(\\d+).*", "$1"));
            return Answer.json("{\"data\":" + rows(page * 3 - 3, page == 3 ? 7 : page * 3) + "}");
        };
        assertThat(north.connector("pages").run().accepted()).isEqualTo(7);
        assertThat(QUESTIONS)
                .containsExactly("/pages?kind=a&per=3&p=1", "/pages?kind=a&per=3&p=2", "/pages?kind=a&per=3&p=3");
        assertThat(TOKENS).containsOnly("Bearer s3cret");
    }

    @Test
    void offsetsAreAskedForUntilNothingComes(Workspace north) {
        handler = query -> {
            int offset = Integer.parseInt(query.replaceAll(".*offset=(\\d+).*", "$1"));
            return Answer.json(rows(offset, Math.min(offset + 3, 6)));
        };
        assertThat(north.connector("offsets").run().accepted()).isEqualTo(6);
        assertThat(QUESTIONS).containsExactly("/offsets?offset=0", "/offsets?offset=3", "/offsets?offset=6");
    }

    @Test
    void theCursorMovesToTheGreatestAfterTheLastPageOnly(Workspace north) {
        handler = query -> query.contains("token=b")
                ? Answer.json("{\"data\":" + rows(10, 12) + ",\"meta\":{}}")
                : Answer.json("{\"data\":" + rows(12, 14) + ",\"meta\":{\"next\":\"b\"}}");
        ConnectorHandle tokens = north.connector("tokens");
        assertThat(tokens.run().accepted()).isEqualTo(4);
        handler = query -> Answer.json("{\"data\":[]}");
        assertThat(tokens.run().offered()).isZero();
        assertThat(QUESTIONS).containsExactly("/tokens?since=9", "/tokens?since=9&token=b", "/tokens?since=13");
        assertThat(tokens.status().positions()).containsEntry("", "{\"cursor\":\"13\"}");
    }

    @Test
    void aSweepGoesOnAtThePageWhereItBroke(Workspace north) {
        handler = query -> {
            if (query.contains("token=b")) {
                return new Answer(500, "text/plain", "s3cret trouble".getBytes(StandardCharsets.UTF_8), List.of());
            }
            return Answer.json("{\"data\":" + rows(12, 14) + ",\"meta\":{\"next\":\"b\"}}");
        };
        ConnectorHandle tokens = north.connector("tokens");
        assertThatThrownBy(tokens::run).isInstanceOf(DltException.class).hasMessageContaining("answered 500");
        assertThat(tokens.status().state()).isEqualTo(ConnectorStatus.State.FAILING);
        assertThat(tokens.status().lastError()).get().asString().contains("500").doesNotContain("s3cret");
        handler = query -> Answer.json("{\"data\":" + rows(10, 12) + "}");
        assertThat(tokens.run().accepted()).isEqualTo(2);
        assertThat(count(north)).isEqualTo(4);
        assertThat(QUESTIONS.get(2)).isEqualTo("/tokens?since=9&token=b");
        assertThat(tokens.status().state()).isEqualTo(ConnectorStatus.State.ACTIVE);
    }

    @Test
    void linksOfTheHeaderAreFollowedWithinTheOriginOnly(Workspace north) {
        handler = query -> query.equals("null")
                ? Answer.json(rows(0, 2)).with("Link", "<" + origin + "/links?from=2>; rel=\"next\"")
                : Answer.json(rows(2, 4)).with("Link", "<http://127.0.0.2:9/steal>; rel=\"next\"");
        assertThatThrownBy(() -> north.connector("links").run())
                .isInstanceOf(DltException.class)
                .hasMessageContaining("not of an origin that the host allows");
        assertThat(count(north)).isEqualTo(4);
        assertThat(QUESTIONS).containsExactly("/links", "/links?from=2");
    }

    @Test
    void csvAndGzipAreRead(Workspace north) {
        handler = query -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
                zip.write("ts;n;site\n2026-01-01T00:00:00Z;1;A\n2026-01-01T00:00:01Z;x;B\n"
                        .getBytes(StandardCharsets.UTF_8));
            }
            return new Answer(200, "text/csv", bytes.toByteArray(), List.of("Content-Encoding=gzip"));
        };
        IngestResult in = north.connector("csv").run();
        assertThat(in.accepted()).isEqualTo(1);
        assertThat(in.rejections()).extracting(r -> r.pointer()).containsExactly("/n");
    }

    @Test
    void whoIsAskedToWaitWaits(Workspace north) {
        handler = query -> new Answer(429, "text/plain", new byte[0], List.of("Retry-After=120"));
        ConnectorHandle plain = north.connector("plain");
        assertThat(plain.run().offered()).isZero();
        handler = query -> Answer.json(rows(0, 1));
        assertThat(plain.run().offered()).isZero();
        assertThat(QUESTIONS).hasSize(1);
        dlt.advance(Duration.ofSeconds(121)); // the job asks by itself
        assertThat(count(north)).isGreaterThanOrEqualTo(1);
    }

    @Test
    void whatDoesNotFitIsRefusedWithoutHarm(Workspace north) {
        ConnectorHandle plain = north.connector("plain");
        handler = query -> new Answer(302, "text/plain", new byte[0], List.of("Location=http://127.0.0.2/"));
        assertThatThrownBy(plain::run).hasMessageContaining("answered 302; redirects are not followed");
        handler = query -> new Answer(401, "text/plain", new byte[0], List.of());
        assertThatThrownBy(plain::run).hasMessageContaining("check the login in headers");
        handler = query -> Answer.json("{\"broken\":");
        assertThatThrownBy(plain::run).hasMessageContaining("the answer is no JSON");
        handler = query -> Answer.json("[" + " ".repeat(100_000) + "]");
        assertThatThrownBy(plain::run).hasMessageContaining("more than 100000 bytes");
        handler = query -> {
            ByteArrayOutputStream bomb = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
                zip.write(new byte[50_000_000]);
            }
            return new Answer(200, "application/json", bomb.toByteArray(), List.of("Content-Encoding=gzip"));
        };
        assertThatThrownBy(plain::run).hasMessageContaining("more than 100000 bytes");
        assertThatThrownBy(() -> north.connector("elsewhere").run())
                .isInstanceOfSatisfying(
                        DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.CONNECTOR_FAILED))
                .hasMessageContaining("HttpConnector.allowing");
        handler = query -> new Answer(204, "application/json", new byte[0], List.of());
        assertThat(plain.run().offered()).isZero();
        assertThat(plain.status().state()).isEqualTo(ConnectorStatus.State.ACTIVE);
        assertThat(count(north)).isZero();
    }

    @Test
    void anAnswerThatNeverEndsIsLeft(Workspace north) {
        handler = query -> {
            waitForTheEnd();
            return Answer.json("[]");
        };
        assertThatThrownBy(() -> north.connector("plain").run()).hasMessageContaining("did not answer within PT2S");
        handler = query -> new Answer(TRICKLE, "application/json", new byte[0], List.of());
        assertThatThrownBy(() -> north.connector("plain").run()).hasMessageContaining("did not answer within PT2S");
    }

    private static void waitForTheEnd() {
        try {
            OVER.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
