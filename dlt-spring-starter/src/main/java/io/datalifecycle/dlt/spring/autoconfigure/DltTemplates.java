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
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * Publishes the templates of the class path while a {@link Dlt} is made, so that whoever is given one finds them: in constructors of the
 * host and with lazy initialization too. Problems of all files are told at once.
 */
final class DltTemplates implements BeanPostProcessor {

    private final ObjectProvider<DltProperties> properties;
    private final ResourcePatternResolver resources;

    DltTemplates(ObjectProvider<DltProperties> properties, ResourcePatternResolver resources) {
        this.properties = properties;
        this.resources = resources;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof Dlt dlt) {
            try {
                publishAll(dlt, properties.getObject().templates());
            } catch (RuntimeException e) {
                dlt.close(); // the context destroys only beans that were finished
                throw e;
            }
        }
        return bean;
    }

    private void publishAll(Dlt dlt, List<String> patterns) {
        Problems problems = new Problems();
        for (String pattern : patterns) {
            for (Resource resource : find(pattern)) {
                publish(dlt, resource, problems);
            }
        }
        problems.throwIfErrors("templates of " + String.join(", ", patterns));
    }

    private static void publish(Dlt dlt, Resource resource, Problems problems) {
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
