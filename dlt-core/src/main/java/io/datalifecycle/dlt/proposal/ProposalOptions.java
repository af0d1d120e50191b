package io.datalifecycle.dlt.proposal;

import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.KeyRule;
import io.datalifecycle.dlt.template.Template;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * What the sample does not say itself. Immutable.
 *
 * @param now when the sample is looked at; decides only whether it reaches into the future
 * @param key key of the template; empty for one made of the name of the file
 * @param zone of times without an offset, and of the template
 */
public record ProposalOptions(Instant now, Optional<String> key, ZoneId zone) {

    public ProposalOptions {
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(zone, "zone");
        key.flatMap(KeyRule::problem).ifPresent(wrong -> {
            throw new InvalidInputException(ProblemCode.BAD_KEY, "key: " + wrong);
        });
    }

    /** Key by the name of the file, zone UTC. */
    public static ProposalOptions at(Instant now) {
        return new ProposalOptions(now, Optional.empty(), Template.DEFAULT_ZONE);
    }

    /** The same with a key for the template; throws {@link InvalidInputException} for a text that is no key. */
    public ProposalOptions withKey(String text) {
        return new ProposalOptions(now, Optional.of(text), zone);
    }

    /** The same with another zone, for instance {@code Europe/Berlin}. */
    public ProposalOptions withZone(ZoneId other) {
        return new ProposalOptions(now, key, other);
    }
}
