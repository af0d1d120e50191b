package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Composition;
import io.datalifecycle.dlt.template.Composition.Included;
import io.datalifecycle.dlt.template.KeyRule;
import io.datalifecycle.dlt.template.Template;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which templates one extends and includes, finds them in the library, and puts them together. Not thread-safe. */
final class IncludeReader {

    private static final String EXTENDS = "extends";
    private static final String INCLUDE = "include";
    private static final Pattern PREFIX = Pattern.compile("([a-z][a-z0-9_]{0,38})?");

    private final TemplateLibrary library;
    private final List<Included> included = new ArrayList<>();
    private Optional<Template> base = Optional.empty();
    private boolean complete = true;

    private IncludeReader(TemplateLibrary library) {
        this.library = library;
    }

    static IncludeReader read(Fields fields, TemplateLibrary library) {
        IncludeReader reader = new IncludeReader(library);
        boolean extending = fields.has(EXTENDS);
        reader.base = fields.text(EXTENDS).flatMap(text -> reader.find(fields, EXTENDS, text));
        reader.complete = reader.base.isPresent() || !extending;
        for (Fields part : fields.groups(INCLUDE)) {
            Optional<Template> template = Optional.of(part.needText("template"))
                    .filter(text -> !text.isEmpty())
                    .flatMap(text -> reader.find(part, "template", text));
            Optional<String> prefix = part.parsed(
                    "prefix",
                    text -> Optional.of(text).filter(t -> PREFIX.matcher(t).matches()),
                    "a prefix of keys: use a small letter, then small letters, digits and _");
            part.close();
            if (template.isPresent() && (prefix.isPresent() || !part.has("prefix"))) {
                reader.included.add(new Included(template.get(), prefix.orElse(""), part.pointer()));
            } else {
                reader.complete = false;
            }
        }
        return reader;
    }

    /** Whether every template that was named is there; if not, nothing can be said about references to their items. */
    boolean isComplete() {
        return complete;
    }

    /** The whole; the same template where it names no others. */
    Composition.Result compose(Template own, Optional<ZoneId> zone) {
        return Composition.of(own, zone, base, included);
    }

    private Optional<Template> find(Fields fields, String key, String text) {
        int colon = text.indexOf(':');
        boolean wellFormed = colon > 0
                && KeyRule.problem(text.substring(0, colon)).isEmpty()
                && Template.versionProblem(text.substring(colon + 1)).isEmpty();
        if (!wellFormed) {
            fields.badValue(key, key + ": \"" + text + "\" names no version of a template", "write key:1.0.0");
            return Optional.empty();
        }
        Optional<Template> found = library.find(text.substring(0, colon), text.substring(colon + 1));
        if (found.isEmpty()) {
            boolean none = library == TemplateLibrary.NONE;
            fields.error(
                    ProblemCode.INCLUDE_FAILED,
                    key,
                    none
                            ? key + ": " + text + " can only be found with a library of templates"
                            : key + ": template " + text + " is not there",
                    none
                            ? "publish the text with dlt.templates().publish(…), or give the reader a TemplateLibrary"
                            : "publish it first, or check key and version");
        }
        return found;
    }
}
