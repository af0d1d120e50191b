package io.datalifecycle.dlt.connector;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
        CompletableFuture<HttpResponse<byte[]>> coming =
                client.sendAsync(request.GET().build(), head -> new BoundedBody(limits.bytes()));
        try {
            return answer(uri, coming.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            coming.cancel(true); // the time-out of a request ends with the head; an answer may also trickle
            throw failed(uri, "did not answer within " + limits.timeout(), null);
        } catch (ExecutionException e) {
            throw broken(uri, e.getCause() == null ? e : e.getCause());
        } catch (IOException e) {
            throw broken(uri, e);
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw failed(uri, "was interrupted", e);
        }
    }

    private DltException broken(URI uri, Throwable failure) {
        if (failure instanceof BoundedBody.TooLargeException) {
            return failed(uri, "answered more than " + limits.bytes() + " bytes; ask for smaller pages", null);
        }
        if (failure instanceof HttpTimeoutException) {
            return failed(uri, "did not answer within " + limits.timeout(), null);
        }
        return failed(
                uri, "cannot be reached or broke off: " + failure.getClass().getSimpleName(), failure);
    }

    private Answer answer(URI uri, HttpResponse<byte[]> response) throws IOException {
        int status = response.statusCode();
        if (status == 429 || status == 503) {
            Duration wait =
                    retryAfter(response.headers().firstValue("Retry-After").orElse(""));
            return new Answer(status, new byte[0], "", wait);
        }
        if (status != 200 && status != 204) {
            throw failed(uri, "answered " + status + remedy(status), null);
        }
        String link = String.join(",", response.headers().allValues("Link"));
        return new Answer(status, unpacked(response), link, Duration.ZERO);
    }

    private byte[] unpacked(HttpResponse<byte[]> response) throws IOException {
        if (!response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip")) {
            return response.body();
        }
        try (InputStream body = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            byte[] bytes = body.readNBytes(limits.bytes() + 1);
            if (bytes.length > limits.bytes()) {
                throw new BoundedBody.TooLargeException(limits.bytes());
            }
            return bytes;
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

    private DltException failed(URI uri, String what, @org.jspecify.annotations.Nullable Throwable cause) {
        String text = "connector " + connector + ": " + uri.getScheme() + "://" + uri.getHost() + " " + what;
        return cause == null
                ? new DltException(ProblemCode.CONNECTOR_FAILED, text)
                : new DltException(ProblemCode.CONNECTOR_FAILED, text, cause);
    }
}
