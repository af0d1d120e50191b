package io.datalifecycle.dlt.spring.autoconfigure;

import io.datalifecycle.dlt.problem.TemplateInvalidException;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows every problem of every template instead of a stack trace when the host does not start. */
final class DltInvalidTemplateFailureAnalyzer extends AbstractFailureAnalyzer<TemplateInvalidException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, TemplateInvalidException cause) {
        String list = cause.problems().stream().map(p -> "  - " + p).collect(Collectors.joining("\n"));
        return new FailureAnalysis(
                "Templates cannot be published:\n\n" + list,
                "Mend the files named above (file#/pointer, line:column), or narrow dlt.templates.",
                cause);
    }
}
