package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.Node.Items;
import io.datalifecycle.dlt.language.Node.Member;
import io.datalifecycle.dlt.language.Node.Members;
import io.datalifecycle.dlt.language.Node.Position;
import io.datalifecycle.dlt.language.Node.Scalar;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Turns YAML or JSON text into nodes, within limits, and remembers where everything stood. */
final class NodeReader {

    static final int MOST_CHARACTERS = 2_000_000;
    static final int MOST_DEPTH = 64;
    private static final Position START = new Position(1, 1);
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxDocumentLength(MOST_CHARACTERS)
            .maxNestingDepth(MOST_DEPTH)
            .maxNumberLength(100)
            .maxNameLength(1_000)
            .maxStringLength(1_048_576)
            .maxTokenCount(500_000)
            .build();

    private final Findings findings;
    private final Map<String, Position> positions = new LinkedHashMap<>();

    NodeReader(Findings findings) {
        this.findings = findings;
    }

    /** Pointer to position: of the value where it is a scalar or element of a list, of the key elsewhere. */
    Map<String, Position> positions() {
        return positions;
    }

    /** The text's one value; empty when it has problems of syntax, which are then found. */
    Optional<Node> read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            findings.error(
                    ProblemCode.SYNTAX,
                    "",
                    START,
                    "the text has more than " + MOST_CHARACTERS + " characters",
                    "split the template");
            return Optional.empty();
        }
        String source = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (JsonParser parser = parser(source)) {
            if (parser.nextToken() == null) {
                findings.error(ProblemCode.SYNTAX, "", START, "the text is empty", "start with dlt: 1");
                return Optional.empty();
            }
            Node root = node(parser, "");
            if (parser.nextToken() != null) {
                throw new Refused(
                        position(parser.currentTokenLocation()), "more than one document", "a file holds one template");
            }
            return Optional.of(root);
        } catch (Refused e) {
            findings.error(ProblemCode.SYNTAX, "", e.position, Objects.requireNonNull(e.getMessage()), e.hint);
        } catch (JacksonException | YamlEngineException e) {
            syntax(e);
        }
        return Optional.empty();
    }

    private static JsonParser parser(String text) {
        String start = text.stripLeading();
        boolean json =
                start.startsWith("{") && start.substring(1).stripLeading().matches("(?s)[\"}].*");
        return json
                ? JsonFactory.builder()
                        .streamReadConstraints(LIMITS)
                        .build()
                        .createParser(ObjectReadContext.empty(), text)
                : YAMLFactory.builder()
                        .streamReadConstraints(LIMITS)
                        .build()
                        .createParser(ObjectReadContext.empty(), text);
    }

    private Node node(JsonParser parser, String pointer) {
        Position position = position(parser.currentTokenLocation());
        positions.putIfAbsent(pointer, pointer.isEmpty() ? START : position);
        refuseAnchors(parser, position);
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return members(parser, pointer, position);
        }
        if (token == JsonToken.START_ARRAY) {
            return items(parser, pointer, position);
        }
        String written = Objects.requireNonNullElse(parser.getString(), "");
        return new Scalar(scalar(parser, token, written), written, position);
    }

    private Members members(JsonParser parser, String pointer, Position position) {
        Map<String, Member> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Position keyPosition = position(parser.currentTokenLocation());
            refuseAnchors(parser, keyPosition);
            String child = JsonPointer.child(pointer, name);
            boolean known = members.containsKey(name);
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                positions.putIfAbsent(child, keyPosition);
            }
            Node node = known ? new NodeReader(findings).node(parser, child) : node(parser, child);
            if (known) {
                findings.error(
                        ProblemCode.DUPLICATE_KEY, child, keyPosition, name + " appears twice", "keep one of them");
            } else {
                members.put(name, new Member(keyPosition, node));
            }
        }
        return new Members(members, position);
    }

    private Items items(JsonParser parser, String pointer, Position position) {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(parser, JsonPointer.child(pointer, items.size())));
        }
        return new Items(items, position);
    }

    private static @Nullable Object scalar(JsonParser parser, JsonToken token, String written) {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        if (token.isNumeric() && isPlainNumber(written)) {
            return new BigDecimal(written);
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return new BigDecimal(parser.getBigIntegerValue());
        }
        return written;
    }

    /** Anything else that YAML takes for a number ({@code .inf}, {@code 1_000}) stays text where it has no exact value. */
    private static boolean isPlainNumber(String written) {
        return written.matches("[-+]?[0-9]{1,100}(\\.[0-9]{0,100})?([eE][-+]?[0-9]{1,9})?");
    }

    private static void refuseAnchors(JsonParser parser, Position position) {
        if (parser instanceof YAMLParser yaml && (yaml.isCurrentAlias() || yaml.getObjectId() != null)) {
            throw new Refused(position, "anchors and aliases (& and *) are not allowed", "write the value out");
        }
    }

    private void syntax(RuntimeException e) {
        Position position = START;
        String message = Objects.requireNonNullElse(e.getMessage(), "cannot be read");
        if (e instanceof JacksonException jackson) {
            position = position(jackson.getLocation());
            message = jackson.getOriginalMessage();
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException marked) {
                position = marked.getProblemMark()
                        .map(m -> new Position(m.getLine() + 1, m.getColumn() + 1))
                        .orElse(position);
                String context = marked.getContext() == null ? "" : marked.getContext() + ": ";
                message = context + marked.getProblem();
            }
        }
        findings.error(ProblemCode.SYNTAX, "", position, firstLine(message), hint(message));
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("cannot be read").replaceAll("\\s*\\(through reference chain.*", "");
    }

    private static String hint(String message) {
        if (message.contains("\\t") || message.contains("TAB") || message.contains("'\t'")) {
            return "indent with spaces";
        }
        if (message.contains("<block end>")) {
            return "check the indentation";
        }
        return message.contains("mapping values are not allowed") ? "put quotes around a text that holds \": \"" : "";
    }

    private static Position position(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? START
                : new Position(location.getLineNr(), Math.max(1, location.getColumnNr()));
    }

    /** Well-formed text of a kind that is not taken. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Position position;
        private final String hint;

        Refused(Position position, String message, String hint) {
            super(message, null, false, false);
            this.position = position;
            this.hint = hint;
        }
    }
}
