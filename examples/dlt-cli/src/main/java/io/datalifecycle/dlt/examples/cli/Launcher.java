package io.datalifecycle.dlt.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a shell script that starts the command line with the class path of this run. */
final class Launcher {

    private Launcher() {}

    /** @param args where to */
    public static void main(String[] args) throws IOException {
        Path script = Path.of(args[0]);
        Files.createDirectories(script.toAbsolutePath().getParent());
        Files.writeString(script, """
                #!/bin/sh
                exec "%s/bin/java" --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true -cp '%s' %s "$@"
                """.formatted(
                System.getProperty("java.home"), System.getProperty("java.class.path"), DltCli.class.getName()));
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
    }
}
