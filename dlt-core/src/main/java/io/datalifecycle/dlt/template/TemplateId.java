package io.datalifecycle.dlt.template;

/**
 * Which template, exactly. Immutable.
 *
 * @param key key of the template
 * @param version semantic version
 * @param hash SHA-256 in hex of the canonical form without titles and descriptions
 */
public record TemplateId(String key, String version, String hash) {

    @Override
    public String toString() {
        return key + ":" + version;
    }
}
