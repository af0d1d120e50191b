package io.datalifecycle.dlt.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No value of a row, no password, no header and no address reaches a log, whatever goes wrong and however much is logged. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class SecretsStayOutOfLogsIT {

    private static final List<String> SIGNS = List.of(
            "DEBUG com.zaxxer.hikari",
            "TRACE org.jdbi",
            "a wrong password failed",
            "a text that is no array failed",
            "an answer that is no JSON failed",
            "an address that is none failed",
            "connector wrong: url is not right",
            "a metric failed",
            "a query failed",
            "WARN io.datalifecycle.dlt.schedule.internal.Jobs - workspace north: fetch away failed",
            "a trigger failed",
            "a quarantine that is gone failed",
            "Caused by: ",
            "finished");

    @TempDir
    Path directory;

    @Test
    void nothingSecretIsLoggedAtTraceWithAllStacks() throws Exception {
        try (TestDatabase database = TestDatabase.create(Backend.PLAIN)) {
            Path inbox = Files.createDirectory(directory.resolve("inbox"));
            Path log = directory.resolve("log");
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Talker.class.getName(),
                            database.jdbcUrl(),
                            database.user(),
                            database.password(),
                            inbox.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            String said = Files.readString(log, StandardCharsets.UTF_8);
            for (String sign : SIGNS) {
                assertThat(said.lines().anyMatch(line -> line.contains(sign)))
                        .as("a line with '%s', which says that all of it ran and was logged", sign)
                        .isTrue();
            }
            List<String> secrets = new ArrayList<>(logins(database));
            secrets.add(Talker.SECRET);
            assertThat(secrets).hasSize(3);
            assertThat(said.lines().filter(line -> secrets.stream().anyMatch(line::contains)))
                    .isEmpty();
        }
    }

    private static List<String> logins(TestDatabase database) throws Exception {
        List<String> passwords = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT password FROM dlt_data.login")) {
            while (row.next()) {
                passwords.add(row.getString(1));
            }
        }
        return passwords;
    }
}
