package io.datalifecycle.dlt.notify.mail;

import io.datalifecycle.dlt.problem.DeliveryException;
import io.datalifecycle.dlt.problem.ProblemCode;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.ParseException;

/** The one place through which text gets into a header: no line breaks, no control characters, one mailbox per address. */
final class MailHeaders {

    private static final int MAX_SUBJECT = 250;

    private MailHeaders() {}

    /** One line without control or bidirectional-override characters, cut at {@value #MAX_SUBJECT} characters. */
    static String line(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> line.appendCodePoint(isUnsafe(c) ? ' ' : c));
        String clean = line.toString().strip();
        if (clean.codePointCount(0, clean.length()) <= MAX_SUBJECT) {
            return clean;
        }
        return clean.substring(0, clean.offsetByCodePoints(0, MAX_SUBJECT - 1)) + "…";
    }

    /** A name safe inside {@code Content-ID} and file name parameters. */
    static String token(String text) {
        StringBuilder token = new StringBuilder();
        text.codePoints().limit(120).forEach(c -> {
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
            token.appendCodePoint(plain ? c : '_');
        });
        return token.length() == 0 ? "part" : token.toString();
    }

    /** A MIME type with its parameters; anything that is none becomes a plain octet stream. */
    static String contentType(String text) {
        try {
            return new ContentType(text).toString();
        } catch (ParseException e) {
            return "application/octet-stream";
        }
    }

    /** Exactly one mailbox, without a group, a route or a second address behind a comma. */
    static InternetAddress mailbox(String text) {
        try {
            if (text.codePoints().anyMatch(MailHeaders::isUnsafe)) {
                throw new AddressException("control character");
            }
            InternetAddress[] parsed = InternetAddress.parse(text, true);
            if (parsed.length != 1
                    || parsed[0].isGroup()
                    || parsed[0].getAddress().indexOf('@') <= 0) {
                throw new AddressException("not one mailbox");
            }
            parsed[0].validate();
            return parsed[0];
        } catch (AddressException e) {
            throw new DeliveryException(
                    ProblemCode.ADDRESS_REFUSED,
                    "address " + line(text) + ": " + line(String.valueOf(e.getMessage()))
                            + "; give one mailbox like ops@example.org",
                    false,
                    e);
        }
    }

    private static boolean isUnsafe(int c) {
        return Character.isISOControl(c)
                || c == 0x2028
                || c == 0x2029
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || Character.getType(c) == Character.SURROGATE;
    }
}
