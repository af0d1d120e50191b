package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What could be read of a text, with what was wrong: a template in which stand-ins take the place of unreadable parts, so that
 * everything else can still be checked. Immutable. Not for publishing while there are problems.
 *
 * @param template the template, with stand-ins where there are problems
 * @param problems problems of structure, in the order of the text; empty when the template is what the text says
 * @param dropped how many more there were than are kept
 * @param replaced JSON pointers of stand-ins; findings about them and what is below them mean nothing
 * @param source where everything stands
 */
public record TemplateDraft(
        Template template, List<Problem> problems, int dropped, Set<String> replaced, SourceMap source) {

    public TemplateDraft {
        problems = List.copyOf(problems);
        replaced = Set.copyOf(replaced);
    }

    /** The items that come from other templates, each with that template as {@code key:version}. */
    public Map<ItemName, String> origins() {
        return source.origins();
    }
}
