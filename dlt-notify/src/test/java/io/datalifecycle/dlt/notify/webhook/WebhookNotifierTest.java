package io.datalifecycle.dlt.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.datalifecycle.dlt.problem.DeliveryException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Message;
import io.datalifecycle.dlt.spi.Notifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookNotifierTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_614_265_330));

    private final List<Headers> calls = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private HttpServer server;
    private int answer = 204;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/hook", exchange -> {
            calls.add(exchange.getRequestHeaders());
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders()
                    .add("Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** The example of the Standard Webhooks specification, signed by its own rule. */
    @Test
    void signsAsStandardWebhooksDoes() {
        String signature = WebhookSignature.of(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330L,
                "{\"test\": 2432232314}");
        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void postsTheSignedOccasion() {
        String receipt = notifier(true).send(message("{\"pump\":\"ä\"}"), to(url()));
        assertThat(receipt).isEqualTo("HTTP 204");
        assertThat(bodies).containsExactly("{\"pump\":\"ä\"}");
        Headers headers = calls.get(0);
        assertThat(headers.getFirst("webhook-id")).isEqualTo("dlt-7");
        assertThat(headers.getFirst("webhook-timestamp")).isEqualTo("1614265330");
        assertThat(headers.getFirst("webhook-signature"))
                .isEqualTo(WebhookSignature.of("s3cret", "dlt-7", 1_614_265_330L, "{\"pump\":\"ä\"}"));
    }

    @ParameterizedTest
    @CsvSource({"500,true", "503,true", "429,true", "400,false", "401,false", "302,false"})
    void onlyPassingTroubleIsTriedAgain(int status, boolean retryable) {
        answer = status;
        assertThatThrownBy(() -> notifier(true).send(message("{}"), to(url())))
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        e -> assertThat(e.isRetryable()).isEqualTo(retryable));
        assertThat(calls).as("no redirect is followed").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/x", "https://localhost/x", "https://10.1.2.3/x", "https://172.16.0.1/",
                        "https://192.168.1.1/",
                "https://169.254.169.254/latest", "https://100.64.0.1/", "https://[::1]/", "https://[fd00::1]/",
                        "https://[fe80::1]/",
                "https://[::ffff:10.0.0.1]/", "https://0.0.0.0/", "https://[64:ff9b::a00:1]/", "http://example.org/",
                        "ftp://example.org/",
                "https://user:pw@example.org/"
            })
    void internalAddressesAndOtherSchemesAreRefused(String url) {
        assertThatThrownBy(() -> notifier(false).send(message("{}"), to(url)))
                .isInstanceOfSatisfying(DeliveryException.class, e -> {
                    assertThat(e.code()).isEqualTo(ProblemCode.ADDRESS_REFUSED);
                    assertThat(e.isRetryable()).isFalse();
                });
    }

    @Test
    void publicAddressesPass() throws Exception {
        assertThat(AddressRules.isInternal(InetAddress.getByAddress(new byte[] {(byte) 203, 0, 114, 9})))
                .isFalse();
        assertThat(AddressRules.isInternal(InetAddress.getByName("2606:4700::1111")))
                .isFalse();
    }

    @Test
    void checkAsksForUrlAndSecret() {
        assertThat(notifier(false).check(Map.of("url", "http://example.org/x", "colour", "red")))
                .extracting(p -> p.pointer() + " " + p.code())
                .containsExactly("/secret MISSING_KEY", "/url ADDRESS_REFUSED", "/colour UNKNOWN_KEY");
    }

    private WebhookNotifier notifier(boolean allowPrivate) {
        return new WebhookNotifier(allowPrivate, CLOCK, Duration.ofSeconds(5));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private static Message message(String json) {
        return new Message("s", "t", "", json, List.of(), List.of());
    }

    private static Notifier.Destination to(String url) {
        return new Notifier.Destination("hook", Map.of("url", url, "secret", "s3cret"), url, "dlt-7");
    }
}
