package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.template.Template;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where a reader finds the templates that another one extends or includes. Implementations are thread-safe when their reader is. */
@FunctionalInterface
public interface TemplateLibrary {

    /** No library: a template that extends or includes another cannot be read. */
    TemplateLibrary NONE = (key, version) -> Optional.empty();

    /** A template that is self-contained; empty when there is none of that key and version. */
    Optional<Template> find(String key, String version);

    /** A library of these templates. */
    static TemplateLibrary of(Template... templates) {
        List<Template> all = List.copyOf(Arrays.asList(templates));
        return (key, version) -> all.stream()
                .filter(t -> t.key().equals(key) && t.version().equals(version))
                .findFirst();
    }
}
