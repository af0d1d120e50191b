package io.datalifecycle.dlt.connector;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.spi.ConnectorSource;
import io.datalifecycle.dlt.spi.ConnectorType;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Connectors of type {@code http}: an address that is asked again and again, page by page, from where it was left. A template may name
 * addresses of the origins that the host allows and nothing else; redirects are not followed. Immutable, thread-safe.
 */
public final class HttpConnector implements ConnectorType {

    private static final int MAX_BYTES = 64 << 20;

    private final Set<String> origins;
    private final Duration timeout;
    private final int maxBytes;

    private HttpConnector(Set<String> origins, Duration timeout, int maxBytes) {
        this.origins = Set.copyOf(origins);
        this.timeout = timeout;
        this.maxBytes = maxBytes;
    }

    /** Addresses of these origins: {@code https://api.example.com}, {@code http://localhost:8080}. Answers up to 64 MiB within 30 s. */
    public static HttpConnector allowing(String... origins) {
        if (origins.length == 0) {
            throw new IllegalArgumentException("origins: name at least one that templates may call");
        }
        return new HttpConnector(
                Stream.of(origins).map(HttpConnector::origin).collect(Collectors.toSet()),
                Duration.ofSeconds(30),
                MAX_BYTES);
    }

    /** The same with another time-out of a whole answer. */
    public HttpConnector timeout(Duration value) {
        return new HttpConnector(origins, value, maxBytes);
    }

    /** The same with another limit of an answer's size. */
    public HttpConnector maxBytes(int value) {
        return new HttpConnector(origins, timeout, value);
    }

    private static String origin(String text) {
        String origin = originOf(URI.create(text));
        if (origin.isEmpty()) {
            throw new IllegalArgumentException("origins: " + text + " is none; write https://host or http://host:port");
        }
        return origin;
    }

    /** Scheme, host and port; empty when the address has none. */
    private static String originOf(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !scheme.matches("https?") || uri.getUserInfo() != null) {
            return "";
        }
        int port = uri.getPort() > 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    @Override
    public String type() {
        return "http";
    }

    @Override
    public List<Problem> check(Map<String, Object> options) {
        OptionReader reader = new OptionReader(options);
        HttpOptions.read(reader, ZoneOffset.UTC);
        return reader.problems();
    }

    @Override
    public ConnectorSource open(Opening opening) {
        OptionReader reader = new OptionReader(opening.options());
        HttpOptions options = HttpOptions.read(reader, opening.zone());
        reader.throwIfWrong(opening.connector());
        return new HttpSource(
                options, opening, uri -> origins.contains(originOf(uri)), new HttpSource.Limits(timeout, maxBytes));
    }
}
