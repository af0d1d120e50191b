package io.datalifecycle.dlt.proposal;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * All that a sample says. Immutable.
 *
 * @param sample the rows
 * @param options what the caller says
 * @param key of the template
 * @param time the column that orders rows
 * @param columns all columns, the time first
 * @param identity what tells rows apart
 * @param pace how fast they come
 */
record Findings(
        Sample sample,
        ProposalOptions options,
        String key,
        TimeFinder.Found time,
        List<Finding> columns,
        KeyFinder.Key identity,
        Pace pace) {

    private static final String NAMELESS = "sample";

    Findings {
        columns = List.copyOf(columns);
    }

    static Findings of(Sample sample, ProposalOptions options, Reasons reasons) {
        TimeFinder times = new TimeFinder(sample.isText(), options.zone());
        TimeFinder.Found time = times.time(sample, reasons);
        List<Finding> columns = new Columns(sample, time, times, options, reasons).find();
        List<Instant> instants = time.instants();
        KeyFinder.Key identity = new KeyFinder(columns, instants, reasons).find();
        Pace pace = Pace.of(instants, identity.by());
        return new Findings(
                sample, options, options.key().orElseGet(() -> key(sample.name())), time, columns, identity, pace);
    }

    private static String key(String name) {
        String stem = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "").replaceFirst("\\.[a-z]{2,6}$", "");
        String key = Heading.name(stem);
        boolean usable = !key.isEmpty() && !key.startsWith("value_") && Character.isLetter(key.charAt(0));
        return usable ? key : NAMELESS;
    }

    /** The column that orders rows. */
    Finding timeColumn() {
        return columns.get(0);
    }

    /** Whether a column is part of what tells rows apart. */
    boolean isIdentity(Finding finding) {
        return identity.by().contains(finding);
    }
}
