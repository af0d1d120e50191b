package io.datalifecycle.dlt.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The JSON Schema (2020-12) of the language, with which editors complete and mark templates. It knows structure only; a template that
 * satisfies it can still hold references that lead nowhere.
 */
public final class LanguageSchema {

    private static final String RESOURCE = "dlt-template-1.schema.json";

    private LanguageSchema() {}

    /** The schema as JSON text. */
    public static String json() {
        try (InputStream in = LanguageSchema.class.getResourceAsStream(RESOURCE)) {
            return new String(Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar lacks " + RESOURCE, e);
        }
    }
}
