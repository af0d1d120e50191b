package io.datalifecycle.dlt.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.testdb.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as a whole, over HTTP, on a database of its own. */
final class ApplicationIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static TestDatabase database;
    private static ConfigurableApplicationContext application;
    private static String base;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        application = new SpringApplicationBuilder(Application.class)
                .run(
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=warn",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=" + database.password());
        base = "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
    }

    @AfterAll
    static void stop() {
        application.close();
        database.close();
    }

    @Test
    void twoCustomersSeeTheirOwnRowsOnly() throws Exception {
        String ts = Instant.now()
                .minus(1, ChronoUnit.HOURS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        assertThat(send("PUT", "/customers/north?zone=America/Chicago", "").statusCode())
                .isEqualTo(200);
        assertThat(send("PUT", "/customers/south", "").statusCode()).isEqualTo(200);
        HttpResponse<String> rows = send("POST", "/customers/north/rows", """
                {"ts":"%1$s","asset_id":"NORTH-PUMP-7","pressure":3.25}
                {"ts":"%1$s","asset_id":"NORTH-PUMP-8","pressure":"broken"}
                """.formatted(ts));
        assertThat(rows.body()).contains("\"accepted\":1", "\"rejected\":1");
        assertThat(send("GET", "/customers/north/dashboard", "").body()).contains("NORTH-PUMP-7");
        assertThat(send("GET", "/customers/south/dashboard", "").body()).doesNotContain("NORTH-PUMP");

        assertThat(send("GET", "/actuator/health", "").body()).contains("\"dlt\":{\"status\":\"UP\"");
        assertThat(send("GET", "/actuator/metrics/dlt.ingest.rows?tag=outcome:accepted", "")
                        .body())
                .contains("\"value\":1.0");
    }

    @Test
    void anUnknownCustomerIsNotFoundAndAWrongZoneIsToldWithoutAStackTrace() throws Exception {
        send("PUT", "/customers/known", "");
        HttpResponse<String> unknown = send("GET", "/customers/knwon/dashboard", "");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("did you mean known?");
        HttpResponse<String> wrong = send("PUT", "/customers/elsewhere?zone=Mars/Olympus", "");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("Mars/Olympus").doesNotContain("Exception", "\tat ");
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/x-ndjson")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
