package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.ingest.IngestBrokenException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What went wrong as an answer: what, where, and what to do; never a stack trace. */
final class Failures {

    private static final Set<ProblemCode> ENVIRONMENT =
            Set.of(ProblemCode.CONFIGURATION, ProblemCode.PLUGIN_CONFLICT, ProblemCode.GRANT_MISSING);

    private Failures() {}

    /** The answer for an exception; empty for one that nobody has foreseen. */
    static Optional<Answer> answer(Exception failure) {
        if (failure instanceof TemplateInvalidException invalid) {
            return Optional.of(problems("", invalid.problems(), Exit.PROBLEM));
        }
        if (failure instanceof DltException known) {
            boolean away = known instanceof StoreUnavailableException || ENVIRONMENT.contains(known.code());
            String counts = known instanceof IngestBrokenException broken ? " (" + broken.result() + ")" : "";
            return Optional.of(one(known.code(), message(known) + counts, away ? Exit.ENVIRONMENT : Exit.PROBLEM));
        }
        if (failure instanceof SettingsException settings) {
            return Optional.of(one(ProblemCode.CONFIGURATION, String.valueOf(settings.getMessage()), Exit.ENVIRONMENT));
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            return Optional.of(one(ProblemCode.SOURCE_UNREADABLE, "file: " + failure.getMessage(), Exit.PROBLEM));
        }
        return failure instanceof IllegalArgumentException
                ? Optional.of(one(ProblemCode.BAD_VALUE, String.valueOf(failure.getMessage()), Exit.PROBLEM))
                : Optional.empty();
    }

    /** Problems of a file, or of what has no name. */
    static Answer problems(String file, List<Problem> problems, int exit) {
        return new Answer(
                exit,
                Texts.json("ok", exit == Exit.OK, "problems", Texts.json(problems)),
                "",
                Texts.lines(file, problems));
    }

    private static Answer one(ProblemCode code, String message, int exit) {
        return problems("", List.of(Problem.error(code, "", message, "")), exit);
    }

    /** The code stands beside it. */
    private static String message(DltException failure) {
        return String.valueOf(failure.getMessage())
                .replace(" [" + failure.code().label() + "]", "");
    }
}
