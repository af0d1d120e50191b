package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Published template versions, frozen. Thread-safe. */
public interface TemplateCatalog {

    /**
     * Has the database look at every SQL text of a template over empty tables of the right shape, and rolls back. One problem per
     * finding, with the pointer of the text ({@code /metrics/pressure/sql}): syntax, unknown columns, stores that are not declared,
     * functions that are not allowed, more than one statement, anything that is not a SELECT.
     */
    List<Problem> analyse(Template template);

    /**
     * Stores a version. The same hash again changes nothing and gives the version that is there; another hash under the same key and
     * version throws {@link io.datalifecycle.dlt.problem.ConflictException}.
     */
    TemplateVersion publish(TemplateVersion version);

    Optional<TemplateVersion> find(String key, String version);

    /** All versions of a template, the first published first. */
    List<TemplateVersion> versions(String key);

    /** Keys of all templates that have a published version, in the order of their characters. */
    List<String> keys();

    /**
     * Marks a version as one that nobody should start with any more; a second reason replaces the first. Throws
     * {@link io.datalifecycle.dlt.problem.NotFoundException} where there is no such version.
     */
    TemplateVersion deprecate(String key, String version, String reason);

    /**
     * A version as it is kept. Immutable.
     *
     * @param id key, version, hash
     * @param canonical canonical YAML
     * @param publishedAt when
     * @param deprecated why nobody should start with it any more; empty while it may be used
     */
    record TemplateVersion(TemplateId id, String canonical, Instant publishedAt, Optional<String> deprecated) {

        /** A version that may be used. */
        public TemplateVersion(TemplateId id, String canonical, Instant publishedAt) {
            this(id, canonical, publishedAt, Optional.empty());
        }
    }
}
