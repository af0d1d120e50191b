package io.datalifecycle.dlt.language;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a YAML or JSON text with its position. */
sealed interface Node {

    Position position();

    /** What it is, for messages: {@code a list}. */
    String what();

    /** As plain values: {@code Map}, {@code List}, {@code String}, {@code BigDecimal}, {@code Boolean}, null. */
    @Nullable
    Object plain();

    /**
     * A place in the text.
     *
     * @param line from 1
     * @param column from 1
     */
    record Position(int line, int column) {}

    /**
     * A single value.
     *
     * @param value {@code String}, {@code BigDecimal}, {@code Boolean} or null
     * @param text as written
     */
    record Scalar(@Nullable Object value, String text, Position position) implements Node {
        @Override
        public String what() {
            if (value == null) {
                return "nothing";
            }
            String kind = value instanceof String
                    ? "the text"
                    : value instanceof BigDecimal ? "the number" : "the truth value";
            return kind + " " + (text.length() > 40 ? text.substring(0, 40) + "…" : text);
        }

        @Override
        public @Nullable Object plain() {
            return value;
        }
    }

    /** A list. */
    record Items(List<Node> items, Position position) implements Node {
        @Override
        public String what() {
            return "a list";
        }

        @Override
        public Object plain() {
            List<@Nullable Object> plain = new ArrayList<>();
            items.forEach(item -> plain.add(item.plain()));
            return plain;
        }
    }

    /** Keys and values, in order. */
    record Members(Map<String, Member> members, Position position) implements Node {
        @Override
        public String what() {
            return "a group of keys";
        }

        @Override
        public Map<String, @Nullable Object> plain() {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            members.forEach((key, member) -> plain.put(key, member.value().plain()));
            return plain;
        }
    }

    /**
     * A key with its value.
     *
     * @param position of the key
     */
    record Member(Position position, Node value) {}
}
