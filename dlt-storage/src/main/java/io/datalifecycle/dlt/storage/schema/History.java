package io.datalifecycle.dlt.storage.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/** The history table of the migrations as SQL, as if Flyway had run the files. */
final class History {

    static final String TABLE = "schema_history";

    private History() {}

    /** Creates and fills the table of a schema; files are named {@code folder/V1__description.sql}. */
    static String of(String schema, List<String> files, UnaryOperator<String> content) {
        String table = schema + "." + TABLE;
        StringBuilder sql = new StringBuilder("CREATE TABLE " + table
                + " (\n    installed_rank integer PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL,"
                + " type varchar(20) NOT NULL,\n    script varchar(1000) NOT NULL, checksum integer, installed_by varchar(100)"
                + " NOT NULL,\n    installed_on timestamp NOT NULL DEFAULT now(), execution_time integer NOT NULL, success"
                + " boolean NOT NULL);\nCREATE INDEX " + TABLE + "_s_idx ON " + table + " (success);\n");
        int rank = 0;
        for (String file : files) {
            String script = file.substring(file.indexOf('/') + 1);
            String version = script.substring(1, script.indexOf("__"));
            String description = script.substring(script.indexOf("__") + 2, script.lastIndexOf('.'))
                    .replace('_', ' ');
            sql.append("INSERT INTO " + table + " VALUES (" + ++rank + ", '" + version + "', '" + description
                    + "', 'SQL', '" + script + "', " + checksum(content.apply(file))
                    + ", current_user, now(), 0, true);\n");
        }
        return sql.toString();
    }

    /** As Flyway counts it: CRC-32 over the lines without their ends. */
    private static int checksum(String text) {
        CRC32 crc = new CRC32();
        try (BufferedReader lines = new BufferedReader(new StringReader(text))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                crc.update(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException("a text cannot be read", e);
        }
        return (int) crc.getValue();
    }
}
