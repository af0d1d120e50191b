package io.datalifecycle.dlt.sql;

/**
 * A reference {@code kind:key} within SQL. Immutable.
 *
 * @param kind the word before the colon: {@code datastore}, {@code featurestore}, {@code inferencestore}, {@code metric} or {@code dashboard}
 * @param key the word after the colon
 * @param offset where it starts in the SQL, from 0
 */
public record SqlReference(String kind, String key, int offset) {

    @Override
    public String toString() {
        return kind + ":" + key;
    }
}
