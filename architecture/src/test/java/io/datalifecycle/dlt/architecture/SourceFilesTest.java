package io.datalifecycle.dlt.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceFilesTest {

    private static final String HEAD = "package a;\n\nimport b.C;\n\n";

    @Test
    void publicTypeNeedsJavadoc() {
        assertThat(problems(HEAD + "public final class A {}\n"))
                .singleElement()
                .asString()
                .contains("A.java", "no Javadoc");
        assertThat(problems(HEAD + "/** What. */\npublic final class A {}\n")).isEmpty();
        assertThat(problems(HEAD + "/** What. */\n@SuppressWarnings(\"x\") // why\npublic sealed interface A {}\n"))
                .isEmpty();
    }

    @Test
    void packagePrivateTypeNeedsNone() {
        assertThat(problems(HEAD + "final class A {}\n")).isEmpty();
    }

    @Test
    void longFileNeedsAReasonAndHasAnEnd() {
        String reason = "/** What. Long because it is a table. */\n";
        assertThat(problems(HEAD + "final class A {}\n" + "//\n".repeat(395))).isEmpty();
        assertThat(problems(HEAD + "final class A {}\n" + "//\n".repeat(396))).hasSize(1);
        assertThat(problems(HEAD + reason + "final class A {}\n" + "//\n".repeat(450)))
                .isEmpty();
        assertThat(problems(HEAD + reason + "final class A {}\n" + "//\n".repeat(500)))
                .hasSize(1);
    }

    private static List<String> problems(String text) {
        List<String> problems = new ArrayList<>();
        SourceFiles.check(Path.of("A.java"), text, problems);
        return problems;
    }
}
