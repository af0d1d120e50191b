package io.datalifecycle.dlt.notify.webhook;

import io.datalifecycle.dlt.problem.DeliveryException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Message;
import io.datalifecycle.dlt.spi.Notifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Posts the occasion as JSON; channel options {@code url} and {@code secret}. Signed with {@code webhook-id},
 * {@code webhook-timestamp}, {@code webhook-signature}. Answers 2xx count as delivered; 408, 425, 429 and 5xx are tried again; the rest,
 * redirects among them, is final. Thread-safe.
 */
public final class WebhookNotifier implements Notifier {

    private final AddressRules rules;
    private final InstantSource clock;
    private final Duration timeout;

    /**
     * @param allowPrivate whether http and addresses of private networks may be called
     * @param timeout longest wait for connecting and for the answer
     */
    public WebhookNotifier(boolean allowPrivate, InstantSource clock, Duration timeout) {
        this.rules = new AddressRules(allowPrivate);
        this.clock = clock;
        this.timeout = timeout;
    }

    @Override
    public String type() {
        return "webhook";
    }

    @Override
    public List<Problem> check(Map<String, Object> options) {
        List<Problem> problems = new ArrayList<>();
        for (String key : List.of("url", "secret")) {
            if (!(options.get(key) instanceof String text) || text.isBlank()) {
                problems.add(Problem.error(
                        ProblemCode.MISSING_KEY,
                        "/" + key,
                        "a webhook channel needs " + key,
                        key.equals("url") ? "write the https URL to call" : "write the secret that signs its calls"));
            }
        }
        if (options.get("url") instanceof String url && !url.contains("${")) {
            try {
                String problem = rules.problem(new URI(url));
                if (!problem.isEmpty()) {
                    problems.add(Problem.error(
                            ProblemCode.ADDRESS_REFUSED, "/url", problem, "write it like https://example.org/hook"));
                }
            } catch (URISyntaxException e) {
                problems.add(Problem.error(
                        ProblemCode.ADDRESS_REFUSED,
                        "/url",
                        "the URL cannot be read",
                        "write it like https://example.org/hook"));
            }
        }
        options.keySet().stream()
                .filter(key -> !Set.of("url", "secret").contains(key))
                .forEach(key -> problems.add(Problem.error(
                        ProblemCode.UNKNOWN_KEY,
                        "/" + key,
                        key + " is no option of a webhook channel",
                        "its options are url and secret")));
        return List.copyOf(problems);
    }

    @Override
    public List<String> recipients(Map<String, Object> options) {
        return List.of(String.valueOf(options.get("url")));
    }

    @Override
    public String send(Message message, Destination destination) {
        URI url = url(destination.recipient());
        InetAddress address = rules.resolve(url.getHost());
        long seconds = clock.instant().getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json; charset=utf-8");
        headers.put("User-Agent", "dlt-webhook/1");
        headers.put("webhook-id", destination.messageId());
        headers.put("webhook-timestamp", Long.toString(seconds));
        headers.put(
                "webhook-signature",
                WebhookSignature.of(
                        String.valueOf(destination.options().get("secret")),
                        destination.messageId(),
                        seconds,
                        message.json()));
        try {
            int status =
                    PinnedPost.send(url, address, headers, message.json().getBytes(StandardCharsets.UTF_8), timeout);
            if (status / 100 == 2) {
                return "HTTP " + status;
            }
            boolean again = status >= 500 || status == 408 || status == 425 || status == 429;
            throw new DeliveryException(
                    ProblemCode.DELIVERY_FAILED, "webhook host " + url.getHost() + " answered " + status, again);
        } catch (IOException e) {
            throw new DeliveryException(
                    ProblemCode.DELIVERY_FAILED,
                    "webhook host " + url.getHost() + " could not be reached ("
                            + e.getClass().getSimpleName() + ")",
                    true,
                    e);
        }
    }

    private URI url(String text) {
        try {
            URI url = new URI(text);
            String problem = rules.problem(url);
            if (problem.isEmpty()) {
                return url;
            }
            throw new DeliveryException(ProblemCode.ADDRESS_REFUSED, "webhook: " + problem, false);
        } catch (URISyntaxException e) { // which cites the whole address, often a secret, and so is no cause of ours
            throw new DeliveryException(
                    ProblemCode.ADDRESS_REFUSED,
                    "webhook: the URL cannot be read, " + e.getReason().toLowerCase(Locale.ROOT) + " at character "
                            + e.getIndex(),
                    false);
        }
    }
}
