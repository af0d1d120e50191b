package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.template.Template;

/**
 * A template with the text it was read from, well-formed in itself. Immutable.
 *
 * @param template what the text says
 * @param source where everything stands
 */
public record TemplateSource(Template template, SourceMap source) {

    /** The problem with line and column in the text. */
    public Problem locate(Problem problem) {
        return source.locate(problem);
    }
}
