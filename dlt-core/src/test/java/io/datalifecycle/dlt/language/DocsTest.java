package io.datalifecycle.dlt.language;

import static io.datalifecycle.dlt.template.Field.number;
import static io.datalifecycle.dlt.template.Field.text;
import static io.datalifecycle.dlt.template.Field.timestamp;
import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The pages about the language say what is so. */
class DocsTest {

    private static final Pattern YAML = Pattern.compile("```yaml\n(dlt: 1\n.*?)```", Pattern.DOTALL);

    @Test
    void everyCodeHasAHeading() throws IOException {
        List<String> headings = Files.readString(page("errors.md"))
                .lines()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring(4))
                .toList();
        List<String> codes = new ArrayList<>();
        for (ProblemCode code : ProblemCode.values()) {
            codes.add(code.label() + " " + code.name());
        }

        assertThat(headings)
                .as("headings of docs/errors.md: each code needs one, with two or three lines on what to do")
                .containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void theSmallestExampleIsReadAndSaysWhatTheJavaSays() throws IOException {
        Matcher yaml = YAML.matcher(Files.readString(page("templates.md")));
        assertThat(yaml.find()).isTrue();
        Template tanks = Template.define("tanks", "1.0.0", t -> {
            var levels = t.datastore(
                    "levels",
                    d -> d.time("ts")
                            .naturalKey("tank", "ts")
                            .field("ts", timestamp().required())
                            .field("tank", text(20).required())
                            .field("level", number("m")));
            t.metric("level_now", m -> m.latest(levels, "level").by("tank"));
        });

        assertThat(TemplateReader.read(yaml.group(1)).template()).isEqualTo(tanks);
    }

    @Test
    void everyKeyOfTheLanguageIsNamed() throws IOException {
        String page = Files.readString(page("templates.md"));
        Set<String> keys = new TreeSet<>();
        JsonMapper.shared()
                .readTree(LanguageSchema.json())
                .findValues("properties")
                .forEach(group -> keys.addAll(group.propertyNames()));

        assertThat(keys).allMatch(key -> page.contains("`" + key) || page.contains(key + "`"));
    }

    private static Path page(String name) {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("docs").resolve(name))) {
            at = at.getParent();
        }
        return at.resolve("docs").resolve(name);
    }
}
