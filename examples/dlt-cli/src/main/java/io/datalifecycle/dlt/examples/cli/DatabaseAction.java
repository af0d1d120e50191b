package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;

/** A command that needs the databases. */
abstract class DatabaseAction extends Action {

    /** Does it. */
    abstract Answer answer(Dlt dlt) throws Exception;

    @Override
    final Answer answer() throws Exception {
        try (Settings.Opened opened = cli().open()) {
            return answer(opened.dlt());
        }
    }
}
