package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Writes templates. The form is canonical: the same template always gives the same bytes, what is default is left out, and reading it
 * gives the template back. Stateless, thread-safe.
 */
public final class TemplateWriter {

    private TemplateWriter() {}

    /** YAML for people, ending with a line break. */
    public static String yaml(Template template) {
        return YamlText.of(TemplateTree.of(template));
    }

    /** JSON on one line. */
    public static String json(Template template) {
        return JsonText.of(TemplateTree.of(template));
    }

    /** Key, version and the SHA-256 of the canonical JSON with sorted keys, without titles and descriptions. */
    public static TemplateId id(Template template) {
        String content = JsonText.canonical(WithoutTitles.of(template));
        return new TemplateId(template.key(), template.version(), sha256(content));
    }

    /** In hex. */
    static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
