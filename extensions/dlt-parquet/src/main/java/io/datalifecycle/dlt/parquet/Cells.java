package io.datalifecycle.dlt.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Values of a file as values that rows may hold, by the file's schema. Immutable, thread-safe. */
final class Cells {

    /** Column of stores that keeps what their schema does not name. */
    static final String EXTRA = "_extra";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final GroupType schema;
    private final ZoneId zone;

    /** @param zone for timestamps that are not instants */
    Cells(GroupType schema, ZoneId zone) {
        this.schema = schema;
        this.zone = zone;
    }

    /** A row under the names of the file; members of an exported {@code _extra} stand beside the columns again. */
    Map<String, @Nullable Object> row(Map<?, ?> values) {
        Map<String, @Nullable Object> row = group(values, schema);
        if (row.get(EXTRA) instanceof Map<?, ?> extra) {
            row.remove(EXTRA);
            extra.forEach((name, value) -> row.putIfAbsent(String.valueOf(name), value));
        }
        return row;
    }

    /** A column without a value is no member: a file cannot tell the two apart, a schema does. */
    private Map<String, @Nullable Object> group(Map<?, ?> values, @Nullable GroupType type) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            String key = String.valueOf(name);
            Type member = type != null && type.containsField(key) ? type.getType(key) : null;
            if (value != null || type == null) {
                members.put(key, cell(value, member));
            }
        });
        return members;
    }

    private @Nullable Object cell(@Nullable Object value, @Nullable Type type) {
        if (value instanceof Map<?, ?> map) {
            boolean struct = type != null && !type.isPrimitive() && type.getLogicalTypeAnnotation() == null;
            return group(map, struct && type != null ? type.asGroupType() : null);
        }
        if (value instanceof Iterable<?> items) {
            Type element = element(type);
            List<@Nullable Object> list = new ArrayList<>();
            items.forEach(item -> list.add(cell(item, element)));
            return list;
        }
        if (value instanceof LocalDateTime local) {
            return local.atZone(zone).toInstant();
        }
        if (value instanceof BigDecimal decimal) {
            BigDecimal plain = decimal.stripTrailingZeros();
            return plain.scale() < 0 ? plain.setScale(0) : plain;
        }
        if (value instanceof Binary binary) {
            return bytes(binary.getBytes());
        }
        if (value instanceof byte[] bytes) {
            return bytes(bytes);
        }
        LogicalTypeAnnotation meaning = type == null ? null : type.getLogicalTypeAnnotation();
        if (meaning instanceof JsonLogicalTypeAnnotation && value instanceof String text) {
            return json(text);
        }
        return meaning instanceof IntLogicalTypeAnnotation number && !number.isSigned() && value instanceof Number
                ? unsigned((Number) value, number.getBitWidth())
                : value;
    }

    /** The type of a list's elements where the file writes lists in three levels, as nearly all do; null for others. */
    private static @Nullable Type element(@Nullable Type type) {
        if (type == null || !(type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation)) {
            return type != null && type.isRepetition(Type.Repetition.REPEATED) ? type : null;
        }
        Type repeated = type.asGroupType().getType(0);
        boolean wrapped = !repeated.isPrimitive() && repeated.asGroupType().getFieldCount() == 1;
        return wrapped ? repeated.asGroupType().getType(0) : repeated;
    }

    private static Object unsigned(Number number, int bits) {
        if (bits < Long.SIZE) {
            return number.longValue() & (1L << bits) - 1;
        }
        long value = number.longValue();
        return value >= 0 ? value : new BigInteger(Long.toUnsignedString(value));
    }

    /** A value that its writer has promised to be JSON; text where it is none. */
    private static @Nullable Object json(String text) {
        try {
            return JSON.readValue(text, Object.class);
        } catch (JacksonException e) {
            return text;
        }
    }

    /** Old writers do not say that bytes are text; what is none is given in base 64. */
    private static Object bytes(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return Base64.getEncoder().encodeToString(bytes);
        }
    }
}
