package io.datalifecycle.dlt.row.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rows given as Java maps, as the JSON they mean. */
final class JavaValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JavaValues() {}

    /** The row as a tree; a value that means nothing in JSON is told with its name and left out. */
    static ObjectNode tree(Map<String, ?> row, BiConsumer<String, String> problems) {
        ObjectNode tree = NODES.objectNode();
        row.forEach((name, value) -> {
            try {
                tree.set(name, node(value, 0));
            } catch (IllegalArgumentException e) {
                problems.accept(name, String.valueOf(e.getMessage()));
            }
        });
        return tree;
    }

    /** About how many bytes a row takes: enough to end a block in time. */
    static long size(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            return text.length();
        }
        long size = 8;
        if (value instanceof Map<?, ?> map) {
            for (Object member : map.values()) {
                size += size(member);
            }
        } else if (value instanceof Collection<?> items) {
            for (Object item : items) {
                size += size(item);
            }
        }
        return size;
    }

    /** One value as a tree; throws {@link IllegalArgumentException} for one that means nothing in JSON. */
    static JsonNode node(Object value) {
        return node(value, 0);
    }

    private static JsonNode node(@Nullable Object value, int depth) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof CharSequence text && text.length() > Json.MAX_STRING) {
            throw new IllegalArgumentException(
                    "has " + text.length() + " characters; at most " + Json.MAX_STRING + " are kept");
        }
        if (value instanceof CharSequence
                || value instanceof UUID
                || value instanceof Enum
                || value instanceof Character) {
            return NODES.stringNode(value.toString());
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        String time = time(value);
        return time == null ? nested(value, depth) : NODES.stringNode(time);
    }

    private static JsonNode number(Number number) {
        if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new IllegalArgumentException(
                        "is " + number + ", which is no number that can be stored; leave it out or send null");
            }
            return NODES.numberNode(new BigDecimal(number.toString()));
        }
        if (number instanceof BigDecimal decimal) {
            return NODES.numberNode(decimal);
        }
        return number instanceof BigInteger big ? NODES.numberNode(big) : NODES.numberNode(number.longValue());
    }

    private static @Nullable String time(Object value) {
        if (value instanceof Instant || value instanceof LocalDate || value instanceof LocalTime) {
            return value.toString();
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant().toString();
        }
        if (value instanceof ZonedDateTime time) {
            return time.toInstant().toString();
        }
        return value instanceof java.util.Date date
                ? Instant.ofEpochMilli(date.getTime()).toString()
                : null;
    }

    private static JsonNode nested(Object value, int depth) {
        if (depth > Json.MAX_DEPTH) {
            throw new IllegalArgumentException("is nested deeper than " + Json.MAX_DEPTH);
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((name, member) -> object.set(String.valueOf(name), node(member, depth + 1)));
            return object;
        }
        if (value instanceof Iterable<?> items) {
            ArrayNode array = NODES.arrayNode();
            items.forEach(item -> array.add(node(item, depth + 1)));
            return array;
        }
        throw new IllegalArgumentException("is a " + value.getClass().getName()
                + "; a String, Number, Boolean, Instant, LocalDate, UUID, Map or List is expected");
    }
}
