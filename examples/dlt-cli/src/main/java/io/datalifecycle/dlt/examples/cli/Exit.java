package io.datalifecycle.dlt.examples.cli;

/** What a pipeline is told. */
final class Exit {

    /** All went well. */
    static final int OK = 0;

    /** Something is wrong with what was given: a template, rows, a plan that is refused, a key that is not there. */
    static final int PROBLEM = 1;

    /** The command line is wrong; nothing was done. */
    static final int USAGE = 2;

    /** Something around it is wrong: a database is away, a right is missing, a setting. */
    static final int ENVIRONMENT = 3;

    /** With {@code --detailed-exit-code}: something differs. */
    static final int CHANGES = 4;

    private Exit() {}
}
