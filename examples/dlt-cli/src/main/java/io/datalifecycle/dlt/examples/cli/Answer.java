package io.datalifecycle.dlt.examples.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command has to say. Immutable.
 *
 * @param exit exit code
 * @param json for machines: plain values
 * @param text for people, on stdout
 * @param remarks for people, on stderr; empty for none
 */
record Answer(int exit, Map<String, ? extends @Nullable Object> json, String text, String remarks) {

    static Answer ok(Map<String, ? extends @Nullable Object> json, String text) {
        return new Answer(Exit.OK, json, text, "");
    }

    Answer exit(int code) {
        return new Answer(code, json, text, remarks);
    }

    Answer remarks(String more) {
        return new Answer(exit, json, text, more);
    }
}
