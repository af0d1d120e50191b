package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Fleet;
import io.datalifecycle.dlt.FleetRun;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Does something with a run that was started, by whichever process. */
abstract class FleetRunAction extends DatabaseAction {

    @Parameters(paramLabel = "TEMPLATE", description = "Key of the template.")
    private String template = "";

    /** Does it. */
    abstract Answer answer(FleetRun run);

    /** Whether it makes sense for a run that has ended, too. */
    boolean takesEnded() {
        return false;
    }

    @Override
    final Answer answer(Dlt dlt) {
        Fleet fleet = dlt.fleet(template);
        return answer(fleet.current()
                .or(() -> takesEnded() ? fleet.runs().stream().findFirst() : Optional.empty())
                .orElseThrow(() -> new NotFoundException(
                        ProblemCode.ITEM_NOT_FOUND,
                        "fleet " + template + ": no run " + (takesEnded() ? "was started" : "is open")
                                + "; start one with fleet upgrade")));
    }

    /** Tells how far it is. */
    @Command(name = "status", description = "How far the run is that is open; else the last one.")
    static final class Status extends FleetRunAction {
        @Override
        boolean takesEnded() {
            return true;
        }

        @Override
        Answer answer(FleetRun run) {
            return FleetAnswers.of(run.status());
        }
    }

    /** Does what is due. */
    @Command(name = "advance", description = "Does what is due by now: the next wave to its end, or nothing.")
    static final class Advance extends FleetRunAction {
        @Override
        Answer answer(FleetRun run) {
            return FleetAnswers.of(run.advance());
        }
    }

    /** Lets nobody begin any more. */
    @Command(name = "stop", description = "Lets no further workspace begin; those that are being upgraded end.")
    static final class Stop extends FleetRunAction {

        @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Is told to all who ask.")
        private String why = "";

        @Override
        Answer answer(FleetRun run) {
            return FleetAnswers.asked(run.stop(why));
        }
    }

    /** Goes on. */
    @Command(
            name = "resume",
            description =
                    "Tries those again that failed, or were refused and can go now, and goes on; also of a run that ended.")
    static final class Resume extends FleetRunAction {
        @Override
        boolean takesEnded() {
            return true;
        }

        @Override
        Answer answer(FleetRun run) {
            return FleetAnswers.of(run.resume());
        }
    }

    /** Goes on all the same. */
    @Command(name = "accept", description = "Goes on although the canary found something.")
    static final class Accept extends FleetRunAction {
        @Override
        Answer answer(FleetRun run) {
            return FleetAnswers.of(run.accept());
        }
    }

    /** Leads back. */
    @Command(
            name = "rollback",
            description = "Brings back those that are done, the last ones first; also of a run that ended.")
    static final class Rollback extends FleetRunAction {
        @Override
        boolean takesEnded() {
            return true;
        }

        @Override
        Answer answer(FleetRun run) {
            return FleetAnswers.of(run.rollback());
        }
    }

    /** Leaves it as it is. */
    @Command(name = "end", description = "Ends the run as it is, so that another one can be started.")
    static final class End extends FleetRunAction {
        @Override
        Answer answer(FleetRun run) {
            return FleetAnswers.asked(run.end());
        }
    }
}
