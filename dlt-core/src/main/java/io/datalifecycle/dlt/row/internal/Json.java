package io.datalifecycle.dlt.row.internal;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The one way JSON of others is read: bounded depth, numbers and strings, no key twice, nothing after the value, exact decimals. */
final class Json {

    /** Deepest nesting of a row. */
    static final int MAX_DEPTH = 64;

    /** Longest number in characters. */
    static final int MAX_NUMBER = 100;

    /** Longest text in characters. */
    static final int MAX_STRING = 1 << 20;

    /** Longest name in characters. */
    static final int MAX_NAME = 1_000;

    /** Longest row in bytes. */
    static final int MAX_ROW = 16 << 20;

    /** Largest power of ten of a number. */
    static final int MAX_EXPONENT = 308;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(MAX_NAME)
                    .maxDocumentLength(MAX_ROW)
                    .build())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** For rows; thread-safe. */
    static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** For a value inside of a row, after which the row goes on; thread-safe. */
    static final JsonMapper INNER = MAPPER.rebuild()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}
}
