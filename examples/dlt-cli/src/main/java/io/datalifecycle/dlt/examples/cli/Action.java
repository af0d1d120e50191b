package io.datalifecycle.dlt.examples.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command: says what it has to say, and is printed as the user wants it. */
@Command(mixinStandardHelpOptions = true)
abstract class Action implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    /** Does it. */
    abstract Answer answer() throws Exception;

    @Override
    public final Integer call() throws Exception {
        return cli().print(answer());
    }

    /** The outermost command, also of one in a group. */
    final DltCli cli() {
        if (spec == null) {
            throw new IllegalStateException("spec: is given before a command runs");
        }
        return (DltCli) spec.root().userObject();
    }
}
