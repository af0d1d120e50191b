package io.datalifecycle.dlt.storage.sql;

import java.util.List;
import java.util.stream.Collectors;

/** Quotes identifiers; no other class of this module puts quotes around a name. */
public final class Identifier {

    private Identifier() {}

    /** A name in double quotes; NUL and empty names are refused, they cannot be quoted. */
    public static String quote(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("identifier: is empty or holds a NUL character");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A name within a schema. */
    public static String qualified(String schema, String name) {
        return quote(schema) + "." + quote(name);
    }

    /** Names in quotes, separated by commas. */
    public static String list(List<String> names) {
        return names.stream().map(Identifier::quote).collect(Collectors.joining(", "));
    }

    /** Names in quotes behind an alias, separated by commas: {@code s."a", s."b"}. */
    public static String list(String alias, List<String> names) {
        return names.stream().map(name -> alias + "." + quote(name)).collect(Collectors.joining(", "));
    }

    /** A text literal, for the few places of DDL that take no bind. */
    public static String literal(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("literal: holds a NUL character");
        }
        String quoted = "'" + text.replace("'", "''") + "'";
        return text.indexOf('\\') >= 0 ? " E" + quoted.replace("\\", "\\\\") : quoted;
    }
}
