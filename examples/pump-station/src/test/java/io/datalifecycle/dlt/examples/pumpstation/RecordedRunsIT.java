package io.datalifecycle.dlt.examples.pumpstation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.lowagie.text.pdf.PdfReader;
import io.datalifecycle.dlt.testdb.TestDatabase;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo on recorded runs of a real rig, where they are there. */
final class RecordedRunsIT {

    private static final Path RECORDS = Path.of("..", "..", "..", "shared", "data", "skab");

    @Test
    void everyRowIsAccountedForAndLabelledFaultsRaiseAlerts(@TempDir Path out) throws Exception {
        assumeTrue(Files.isDirectory(RECORDS), "no recorded runs at " + RECORDS + ": not run");
        try (TestDatabase test = TestDatabase.create();
                DemoDatabase database = DemoDatabase.open(test.jdbcUrl(), test.user(), test.password())) {
            PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
            new Demo(RecordedData.read(RECORDS), database, out, new Progress(nowhere, false)).run();
            try (Connection connection = test.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                long stored = number(
                        statement,
                        "SELECT (SELECT count(*) FROM sensor_data_wid1) + (SELECT count(*) FROM sensor_data_wid2)");
                assertThat(stored).isEqualTo(lines());
                for (int workspace = 1; workspace <= 2; workspace++) {
                    assertThat(number(statement, differences(workspace)))
                            .as("roll-up of workspace " + workspace)
                            .isZero();
                }
                long labelled = number(
                        statement,
                        "SELECT count(DISTINCT asset_id) FROM (SELECT asset_id, anomaly FROM sensor_data_wid1 "
                                + "UNION ALL SELECT asset_id, anomaly FROM sensor_data_wid2) s WHERE anomaly > 0");
                long raised = number(
                        statement,
                        "SELECT count(DISTINCT labels ->> 'asset_id') FROM dlt.alert_history WHERE to_state = 'FIRING' "
                                + "AND labels ->> 'asset_id' IN (SELECT asset_id FROM sensor_data_wid1 WHERE anomaly > 0 "
                                + "UNION SELECT asset_id FROM sensor_data_wid2 WHERE anomaly > 0)");
                assertThat(labelled).isGreaterThan(10);
                assertThat(raised)
                        .as("labelled runs with an alert, of " + labelled)
                        .isGreaterThan(labelled / 2);
            }
            mailShowsTextHtmlImageAndPdf(out.resolve("alert.eml"));
        }
        assertThat(out.resolve("overview.html"))
                .content()
                .contains("Pump test rig")
                .doesNotContain("src=\"http", "<link rel=\"stylesheet\"");
        assertThat(new PdfReader(Files.readAllBytes(out.resolve("weekly-report.pdf"))).getNumberOfPages())
                .isPositive();
    }

    /** Buckets whose figures are not those of plain SQL over the raw rows. */
    private static String differences(int workspace) {
        return """
                SELECT count(*) FROM (
                  SELECT to_timestamp(floor(extract(epoch FROM ts) / 600) * 600) AS bucket, asset_id, avg(pressure) AS average,
                         min(pressure) AS least, max(pressure) AS most, count(*) AS samples
                    FROM sensor_data_wid%1$d GROUP BY 1, 2) AS plain
                FULL JOIN rig_metrics_10min_wid%1$d AS kept ON kept.bucket = plain.bucket AND kept.asset_id = plain.asset_id
                WHERE plain.samples IS DISTINCT FROM kept.samples OR plain.least IS DISTINCT FROM kept.pressure_min
                   OR plain.most IS DISTINCT FROM kept.pressure_max OR abs(plain.average - kept.pressure_avg) > 1e-9
                """.formatted(workspace);
    }

    private static long lines() throws Exception {
        long lines = 0;
        try (var files = Files.walk(RECORDS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
                lines += Files.readAllLines(file).stream()
                                .filter(l -> !l.isBlank())
                                .count()
                        - 1;
            }
        }
        return lines;
    }

    private static void mailShowsTextHtmlImageAndPdf(Path file) throws Exception {
        List<BodyPart> parts = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            collect(new MimeMessage(Session.getInstance(new Properties()), in).getContent(), parts);
        }
        assertThat(parts)
                .extracting(p -> p.getContentType().replaceAll(";.*", "").toLowerCase(java.util.Locale.ROOT))
                .containsExactly("text/plain", "text/html", "image/png", "application/pdf");
        assertThat((String) parts.get(1).getContent()).contains("cid:chart");
        assertThat(parts.get(2).getHeader("Content-ID")).containsExactly("<chart>");
        assertThat(ImageIO.read(parts.get(2).getInputStream()).getWidth()).isGreaterThan(500);
        assertThat(new PdfReader(parts.get(3).getInputStream().readAllBytes()).getNumberOfPages())
                .isPositive();
    }

    private static void collect(Object content, List<BodyPart> parts) throws Exception {
        Multipart multipart = (Multipart) content;
        for (int i = 0; i < multipart.getCount(); i++) {
            BodyPart part = multipart.getBodyPart(i);
            if (part.getContentType().toLowerCase(java.util.Locale.ROOT).startsWith("multipart/")) {
                collect(part.getContent(), parts);
            } else {
                parts.add(part);
            }
        }
    }

    private static long number(Statement statement, String sql) throws Exception {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
