package io.datalifecycle.dlt.workspace;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a workspace is or was set to, and since when. Immutable.
 *
 * @param number 0 as it was made, one more with each change
 * @param templateVersion version of its template
 * @param parameters values given, without the template's defaults
 * @param zone its time zone
 * @param placement the data database it lives in
 * @param overlaid whether it has an overlay
 * @param since when this came into force; it held until the next revision did
 * @param reason why, for people; may be empty
 */
public record Revision(
        long number,
        String templateVersion,
        Map<String, Object> parameters,
        ZoneId zone,
        String placement,
        boolean overlaid,
        Instant since,
        String reason) {

    public Revision {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
