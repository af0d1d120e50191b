package io.datalifecycle.dlt.examples.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** A command: says what it has to say, and is printed as the user wants it. */
@Command(mixinStandardHelpOptions = true)
abstract class Action implements Callable<Integer> {

    @ParentCommand
    private @Nullable DltCli cli;

    /** Does it. */
    abstract Answer answer() throws Exception;

    @Override
    public final Integer call() throws Exception {
        return cli().print(answer());
    }

    final DltCli cli() {
        if (cli == null) {
            throw new IllegalStateException("cli: is given before a command runs");
        }
        return cli;
    }
}
