package io.datalifecycle.dlt.connector;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** Asks addresses of allowed origins and bounds what comes back. Messages never hold headers or the query, which may hold secrets. */
final class HttpAnswers {

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final String connector;
    private final Map<String, String> headers;
    private final Predicate<URI> allowed;
    private final HttpSource.Limits limits;
    private final HttpClient client;

    HttpAnswers(String connector, Map<String, String> headers, Predicate<URI> allowed, HttpSource.Limits limits) {
        this.connector = connector;
        this.headers = headers;
        this.allowed = allowed;
        this.limits = limits;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.timeout())
                .build();
    }

    /**
     * An answer.
     *
     * @param link the header of that name, else empty
     * @param retryAfter how long the other side wants to be left alone
     */
    record Answer(int status, byte[] body, String link, Duration retryAfter) {}

    Answer ask(URI uri) {
        if (!allowed.test(uri)) {
            throw failed(uri, "is not of an origin that the host allows; name it in HttpConnector.allowing(…)", null);
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(limits.timeout()).header("Accept-Encoding", "gzip");
        try {
            headers.forEach(request::header);
        } catch (IllegalArgumentException e) {
            throw failed(uri, "cannot be asked with these headers; one has a name or value that HTTP forbids", null);
        }
        try {
            HttpResponse<InputStream> response =
                    client.send(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream());
            return answer(uri, response);
        } catch (IOException e) {
            throw failed(uri, "cannot be reached or broke off: " + e.getClass().getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(uri, "was interrupted", e);
        }
    }

    private Answer answer(URI uri, HttpResponse<InputStream> response) throws IOException {
        int status = response.statusCode();
        Duration wait = retryAfter(response.headers().firstValue("Retry-After").orElse(""));
        try (InputStream body = response.body()) {
            if (status == 429 || status == 503) {
                return new Answer(status, new byte[0], "", wait);
            }
            if (status != 200 && status != 204) {
                throw failed(uri, "answered " + status + remedy(status), null);
            }
            boolean zipped =
                    response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
            byte[] bytes = (zipped ? new GZIPInputStream(body) : body).readNBytes(limits.bytes() + 1);
            if (bytes.length > limits.bytes()) {
                throw failed(uri, "answered more than " + limits.bytes() + " bytes; ask for smaller pages", null);
            }
            return new Answer(status, bytes, String.join(",", response.headers().allValues("Link")), wait);
        }
    }

    private static String remedy(int status) {
        if (status == 401 || status == 403) {
            return "; check the login in headers";
        }
        return status >= 300 && status < 400 ? "; redirects are not followed, name the address it leads to" : "";
    }

    private static Duration retryAfter(String text) {
        try {
            Duration wait = Duration.ofSeconds(Long.parseLong(text.strip()));
            return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        } catch (NumberFormatException none) {
            return Duration.ofMinutes(1);
        }
    }

    private DltException failed(URI uri, String what, @org.jspecify.annotations.Nullable Exception cause) {
        String text = "connector " + connector + ": " + uri.getScheme() + "://" + uri.getHost() + " " + what;
        return cause == null
                ? new DltException(ProblemCode.CONNECTOR_FAILED, text)
                : new DltException(ProblemCode.CONNECTOR_FAILED, text, cause);
    }
}
