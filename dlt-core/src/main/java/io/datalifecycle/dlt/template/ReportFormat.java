package io.datalifecycle.dlt.template;

import java.util.Locale;
import java.util.Optional;

/** The forms a report is sent in. */
public enum ReportFormat {
    /** A PDF attached. */
    PDF,
    /** The panels as images within the mail. */
    INLINE,
    /** The interactive page attached. */
    HTML;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ReportFormat> of(String label) {
        for (ReportFormat format : values()) {
            if (format.label().equals(label)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
