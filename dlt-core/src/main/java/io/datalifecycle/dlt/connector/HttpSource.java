package io.datalifecycle.dlt.connector;

import io.datalifecycle.dlt.connector.HttpOptions.Cursor;
import io.datalifecycle.dlt.connector.HttpOptions.Paging;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.ConnectorSource;
import io.datalifecycle.dlt.spi.ConnectorType.Opening;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/** Pages of an HTTP source: a sweep asks for all pages from the cursor on; after its last page the greatest value seen is the cursor. */
final class HttpSource implements ConnectorSource {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern NEXT_LINK = Pattern.compile("<([^>]*)>\\s*;[^,]*rel=\"?next\"?");

    private final HttpOptions options;
    private final Opening opening;
    private final HttpAnswers answers;
    private boolean swept;
    private Instant notBefore = Instant.MIN;

    /**
     * Bounds of an answer.
     *
     * @param timeout of the whole answer
     * @param bytes of its body
     */
    public record Limits(Duration timeout, int bytes) {}

    /** Opens nothing yet. */
    public HttpSource(HttpOptions options, Opening opening, Predicate<URI> allowed, Limits limits) {
        this.options = options;
        this.opening = opening;
        this.answers = new HttpAnswers(opening.connector(), options.headers(), allowed, limits);
    }

    @Override
    public Optional<Piece> poll(Positions positions, Duration patience) {
        if (swept || opening.clock().instant().isBefore(notBefore)) {
            swept = false; // one sweep a run, so that a run ends
            return Optional.empty();
        }
        HttpPosition position = positions
                .of("")
                .map(Checkpoint.Saved::position)
                .map(HttpPosition::parse)
                .orElse(new HttpPosition(
                        options.cursor().flatMap(Cursor::start), Optional.empty(), Optional.empty(), 0));
        HttpAnswers.Answer answer = answers.ask(question(position));
        if (answer.status() == 429 || answer.status() == 503) {
            notBefore = opening.clock().instant().plus(answer.retryAfter());
            return Optional.empty();
        }
        Page page = page(answer);
        HttpPosition next = next(position, page);
        swept = next.page().isEmpty();
        if (page.isEmpty() && next.equals(position)) {
            swept = false;
            return Optional.empty();
        }
        return Optional.of(new Piece("", page.id, page.rows, next.text(), Map.of(), true));
    }

    private URI question(HttpPosition position) {
        Paging paging = options.paging().orElse(null);
        String page = position.page().orElse("");
        if (paging != null && (paging.by().equals("link") || page.matches("(?i)https?://.*")) && !page.isEmpty()) {
            return options.url().resolve(page);
        }
        StringBuilder query = new StringBuilder();
        options.cursor().ifPresent(cursor -> position.cursor().ifPresent(value -> add(query, cursor.param(), value)));
        if (paging != null && !paging.by().equals("link")) {
            paging.sizeParam().ifPresent(name -> add(query, name, String.valueOf(paging.size())));
            boolean first = page.isEmpty();
            if (!paging.by().equals("next")) {
                add(query, paging.param(), first ? String.valueOf(paging.start()) : page);
            } else if (!first) {
                add(query, paging.param().isEmpty() ? "next" : paging.param(), page);
            }
        }
        String base = options.url().toString();
        String glue = query.isEmpty() ? "" : options.url().getRawQuery() == null ? "?" : "&";
        return URI.create(base + glue + query);
    }

    private static void add(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    /** What came. */
    private static final class Page {
        final String id;
        final Rows rows;
        final OptionalLong count;
        JsonNode tree = NullNode.getInstance();
        JsonNode list = NullNode.getInstance();
        String link = "";

        Page(String id, Rows rows, OptionalLong count) {
            this.id = id;
            this.rows = rows;
            this.count = count;
        }

        boolean isEmpty() {
            return count.orElse(1) == 0;
        }
    }

    private Page page(HttpAnswers.Answer answer) {
        byte[] body = answer.body();
        String id = hash(body);
        String name = options.url().getHost() + options.url().getPath();
        if (!options.format().equals("json")) {
            ByteArrayInputStream bytes = new ByteArrayInputStream(body);
            Rows rows = options.format().equals("csv") ? Rows.csv(bytes, options.csv()) : Rows.ndjson(bytes);
            Page page = new Page(id, rows.named(name), body.length == 0 ? OptionalLong.of(0) : OptionalLong.empty());
            page.link = answer.link();
            return page;
        }
        try {
            JsonNode tree = JSON.readTree(body);
            JsonNode list = tree.at(options.rows());
            boolean none = list.isMissingNode() || list.isNull();
            byte[] rows = none ? new byte[0] : JSON.writeValueAsBytes(list);
            Page page = new Page(
                    id,
                    Rows.json(new ByteArrayInputStream(rows)).named(name),
                    OptionalLong.of(none ? 0 : list.isArray() ? list.size() : 1));
            page.tree = tree;
            page.list = list;
            page.link = answer.link();
            return page;
        } catch (JacksonException e) {
            // not as the cause: it cites the answer, and causes are logged
            throw new DltException(
                    ProblemCode.CONNECTOR_FAILED,
                    "connector " + opening.connector() + ": the answer is no JSON, from line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + " on; check url and format");
        }
    }

    private HttpPosition next(HttpPosition position, Page page) {
        Optional<String> greatest = position.greatest();
        if (options.cursor().isPresent()) {
            greatest = greatest(position, page, options.cursor().get().field());
        }
        Optional<String> nextPage = nextPage(position, page);
        return nextPage.isPresent()
                ? new HttpPosition(position.cursor(), greatest, nextPage, position.pages() + 1)
                : new HttpPosition(greatest.or(position::cursor), Optional.empty(), Optional.empty(), 0);
    }

    private Optional<String> greatest(HttpPosition position, Page page, String field) {
        JsonPointer pointer = field.startsWith("/")
                ? JsonPointer.compile(field)
                : JsonPointer.empty().appendProperty(field);
        Optional<String> greatest = position.greatest().or(position::cursor);
        for (JsonNode row : page.list.isArray() ? page.list : java.util.List.of(page.list)) {
            JsonNode value = row.at(pointer);
            if (value.isString() || value.isNumber()) {
                String text = value.isString()
                        ? value.stringValue()
                        : value.decimalValue().toPlainString();
                greatest = Optional.of(
                        greatest.map(known -> HttpPosition.greater(known, text)).orElse(text));
            }
        }
        return greatest;
    }

    private Optional<String> nextPage(HttpPosition position, Page page) {
        Paging paging = options.paging().orElse(null);
        if (paging == null || position.pages() + 1 >= paging.most()) {
            return Optional.empty();
        }
        boolean last = page.isEmpty() || (paging.size() > 0 && page.count.orElse(Long.MAX_VALUE) < paging.size());
        return switch (paging.by()) {
            case "link" -> {
                Matcher link = NEXT_LINK.matcher(page.link);
                yield link.find() ? Optional.of(link.group(1)) : Optional.empty();
            }
            case "next" -> {
                JsonNode next = page.tree.at(paging.next());
                yield (next.isString() && !next.stringValue().isEmpty()) || next.isNumber()
                        ? Optional.of(next.asString())
                        : Optional.empty();
            }
            case "offset" -> last ? Optional.empty() : number(position, paging, page.count.orElse(paging.size()));
            default -> last ? Optional.empty() : number(position, paging, 1);
        };
    }

    private static Optional<String> number(HttpPosition position, Paging paging, long step) {
        long now = position.page().map(Long::parseLong).orElse(paging.start());
        return step == 0 ? Optional.empty() : Optional.of(String.valueOf(now + step));
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }

    @Override
    public void settled(Piece piece, Outcome outcome) {
        // the position says it all
    }

    @Override
    public Optional<Lag> lag(Positions positions) {
        return Optional.empty();
    }

    @Override
    public void close() {
        swept = false;
    }
}
