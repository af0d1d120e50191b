package io.datalifecycle.dlt.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What bytecode does not show: length of files and Javadoc of public types. */
final class SourceFiles {

    private static final int MOST_LINES = 500;

    /** Longer ones have to say why in their first comment; this many lines need no reason. */
    private static final int LINES_WITHOUT_REASON = 400;

    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "^public (?:(?:final|sealed|non-sealed|abstract|static|strictfp) )*(?:class|interface|record|enum|@interface) ",
            Pattern.MULTILINE);

    private final Path sources;

    private SourceFiles(Path sources) {
        this.sources = sources;
    }

    /** The main sources of the module whose tests run: the build tells where it lies. */
    static SourceFiles ofThisModule() {
        return new SourceFiles(Path.of(System.getProperty("basedir", ""), "src", "main", "java"));
    }

    void check() throws IOException {
        List<String> problems = new ArrayList<>();
        if (Files.isDirectory(sources)) {
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    check(sources.relativize(file), Files.readString(file), problems);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new AssertionError(String.join("\n", problems));
        }
    }

    /** Split packages: two modules with classes in one package cannot both be named modules. */
    void checkPackages(String root, String... others) throws IOException {
        Path own = sources.resolve(root.replace('.', '/'));
        List<String> problems = new ArrayList<>();
        if (Files.isDirectory(sources)) {
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.startsWith(own)
                                || Stream.of(others).anyMatch(other -> file.startsWith(own.resolve(other))))
                        .forEach(file -> problems.add(sources.relativize(file) + " lies in another module's package"));
            }
        }
        if (!problems.isEmpty()) {
            throw new AssertionError(String.join("\n", problems) + "\nthis module's is " + root);
        }
    }

    static void check(Path file, String text, List<String> problems) {
        long lines = text.lines().count();
        if (lines > MOST_LINES) {
            problems.add(file + " has " + lines + " lines; split it, " + MOST_LINES + " is the most");
        } else if (lines > LINES_WITHOUT_REASON && !text.contains("Long because")) {
            problems.add(file + " has " + lines + " lines; split it, or begin a sentence of its first comment with"
                    + " \"Long because\"");
        }
        PUBLIC_TYPE.matcher(text).results().limit(1).forEach(found -> {
            String above = text.substring(Math.max(0, text.lastIndexOf("\n\n", found.start())), found.start());
            if (!above.contains("/**")) {
                problems.add(file + ": its public type has no Javadoc; say what it is and when to use it");
            }
        });
    }
}
