package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.Template;
import java.util.Map;

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

    /** The items that come from other templates, each with that template as {@code key:version}. */
    public Map<ItemName, String> origins() {
        return source.origins();
    }
}
