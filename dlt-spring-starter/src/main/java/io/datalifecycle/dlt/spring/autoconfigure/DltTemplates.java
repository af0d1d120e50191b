package io.datalifecycle.dlt.spring.autoconfigure;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.Problems;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/** Publishes the templates of the class path before anything of the host starts; problems of all files are told at once. */
final class DltTemplates implements InitializingBean {

    private final Dlt dlt;
    private final List<String> patterns;
    private final ResourcePatternResolver resources;

    DltTemplates(Dlt dlt, List<String> patterns, ResourcePatternResolver resources) {
        this.dlt = dlt;
        this.patterns = patterns;
        this.resources = resources;
    }

    @Override
    public void afterPropertiesSet() {
        Problems problems = new Problems();
        for (String pattern : patterns) {
            for (Resource resource : find(pattern)) {
                publish(resource, problems);
            }
        }
        problems.throwIfErrors("templates of " + String.join(", ", patterns));
    }

    private void publish(Resource resource, Problems problems) {
        try {
            dlt.templates().publish(resource.getContentAsString(StandardCharsets.UTF_8));
        } catch (TemplateInvalidException invalid) {
            invalid.problems().forEach(problem -> problems.add(in(resource, problem)));
        } catch (IOException e) {
            throw new UncheckedIOException("template " + resource + " cannot be read", e);
        }
    }

    private static Problem in(Resource resource, Problem problem) {
        return new Problem(
                problem.code(),
                problem.severity(),
                resource.getFilename() + "#" + problem.pointer(),
                problem.line(),
                problem.column(),
                problem.message(),
                problem.hint());
    }

    private List<Resource> find(String pattern) {
        try {
            return Arrays.stream(resources.getResources(pattern))
                    .filter(Resource::exists)
                    .sorted(Comparator.comparing(Resource::getDescription))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("dlt.templates: " + pattern + " cannot be looked up", e);
        }
    }
}
