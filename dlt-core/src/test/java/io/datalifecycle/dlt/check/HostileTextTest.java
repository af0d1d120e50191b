package io.datalifecycle.dlt.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.language.TemplateDraft;
import io.datalifecycle.dlt.language.TemplateLibrary;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.problem.Severity;
import io.datalifecycle.dlt.sql.SqlSyntaxException;
import io.datalifecycle.dlt.sql.SqlText;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in the text, reading and checking end with problems or a template, never with another exception. */
@Timeout(60)
class HostileTextTest {

    private static final List<String> PIECES = List.of(
            ":",
            "\n",
            "  ",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "null",
            "-1",
            "0",
            "[]",
            "{}",
            "~",
            "P-1D",
            "PT0S",
            "\u0000",
            "\uD800",
            "|",
            "&a",
            "*a",
            "1e999",
            "datastore:",
            "metric:x",
            "param.",
            "${",
            "()",
            "now",
            "row.",
            "$1",
            "/*",
            "--",
            "\t",
            "true",
            "99999999999999999999",
            "é");

    private static final TemplateLibrary LIBRARY = TemplateLibrary.of(Template.define("common", "1.0.0", t -> {
        var tanks = t.datastore(
                "tanks",
                d -> d.time("at").field("at", Field.timestamp().required()).field("level", Field.number()));
        t.metric("tank_level", m -> m.latest(tanks, "level"));
    }));

    @ParameterizedTest
    @ValueSource(strings = {"pump_station.yaml", "everything.yaml"})
    void damagedTemplatesGiveProblems(String sample) throws IOException {
        String text = resource("/io/datalifecycle/dlt/language/" + sample);
        Random random = new Random(7);
        int sound = 0;
        for (int i = 0; i < 1_500; i++) {
            String damaged = damage(text, random);
            TemplateDraft draft = TemplateReader.draft(damaged, LIBRARY);
            boolean errors = TemplateChecker.check(draft).stream().anyMatch(p -> p.severity() == Severity.ERROR);
            if (!errors) {
                sound++;
                String yaml = TemplateWriter.yaml(draft.template());
                assertThat(TemplateReader.read(yaml).template()).as(damaged).isEqualTo(draft.template());
            }
        }
        assertThat(sound).isBetween(1, 1_400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a::text, x[1:2], 'it''s', $q$ :x $q$ FROM datastore:raw /* c */ WHERE b >= :from -- d\n AND c < :to"
            })
    void damagedSqlIsCutIntoTokensOrRefused(String sql) {
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            String damaged = damage(sql, random);
            try {
                SqlText text = SqlText.parse(damaged);
                text.isQuery();
                text.write();
                String same = text.render(Object::toString, name -> ":" + name);
                assertThat(damaged).startsWith(same);
            } catch (SqlSyntaxException e) {
                assertThat(e.offset()).isBetween(0, damaged.length());
            }
        }
    }

    private static String damage(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(damaged.length());
            int end = Math.min(damaged.length(), at + random.nextInt(6));
            damaged.replace(at, end, random.nextInt(4) == 0 ? "" : PIECES.get(random.nextInt(PIECES.size())));
        }
        return damaged.toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HostileTextTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
