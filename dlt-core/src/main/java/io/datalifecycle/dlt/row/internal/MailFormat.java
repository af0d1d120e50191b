package io.datalifecycle.dlt.row.internal;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.EmailFormat;
import com.networknt.schema.format.Format;
import java.util.regex.Pattern;

/**
 * Format {@code email} as RFC 5321 has it. The schema library's own check also wants a top-level domain of a list it carries, so
 * that {@code ops@plant.internal} is no address for it; what either takes is one.
 */
final class MailFormat implements Format {

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern MAILBOX =
            Pattern.compile("(?=[^@]{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL + ")*");
    private static final int LONGEST = 254;

    private final Format library = new EmailFormat();

    @Override
    public String getName() {
        return "email";
    }

    @Override
    public boolean matches(ExecutionContext context, String text) {
        return text.length() <= LONGEST && (MAILBOX.matcher(text).matches() || library.matches(context, text));
    }
}
