package io.datalifecycle.dlt.storage.sql;

import java.time.Instant;

/** Instants as PostgreSQL reads them, under any of its settings. */
public final class InstantText {

    private InstantText() {}

    /** ISO in UTC; the end of the year 9999 without the sign that ISO asks for and PostgreSQL takes for a time zone. */
    public static String of(Instant instant) {
        String text = instant.toString();
        return text.startsWith("+") ? text.substring(1) : text;
    }
}
