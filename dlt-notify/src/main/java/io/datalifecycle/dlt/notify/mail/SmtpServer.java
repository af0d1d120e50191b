package io.datalifecycle.dlt.notify.mail;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How to reach a mail server. Immutable.
 *
 * @param host name or address
 * @param port 1 to 65535; 587 for submission, 465 for TLS from the start
 * @param security how the connection is protected
 * @param user login; empty for none
 * @param password of the login; empty for none
 * @param timeout longest wait for connecting, for an answer, and for writing
 */
public record SmtpServer(
        String host, int port, Security security, Optional<String> user, Optional<String> password, Duration timeout) {

    /** Protection of the connection. */
    public enum Security {
        /** No TLS; for a server on the same machine. */
        NONE,
        /** Begins in the clear and must change to TLS before anything is sent. */
        STARTTLS,
        /** TLS from the start. */
        TLS
    }

    public SmtpServer {
        Objects.requireNonNull(security, "security");
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: is empty, give the mail server's name");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " is not between 1 and 65535");
        }
        if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("timeout: " + timeout + " is not between a millisecond and ten minutes");
        }
    }

    /** STARTTLS, no login, 15 seconds. */
    public static SmtpServer of(String host, int port) {
        return new SmtpServer(
                host, port, Security.STARTTLS, Optional.empty(), Optional.empty(), Duration.ofSeconds(15));
    }

    /** The same server with another protection. */
    public SmtpServer withSecurity(Security security) {
        return new SmtpServer(host, port, security, user, password, timeout);
    }

    /** The same server with a login. */
    public SmtpServer withLogin(String user, String password) {
        return new SmtpServer(host, port, security, Optional.of(user), Optional.of(password), timeout);
    }

    /** The same server with another longest wait. */
    public SmtpServer withTimeout(Duration timeout) {
        return new SmtpServer(host, port, security, user, password, timeout);
    }

    /** Without the password, so that it can be logged. */
    @Override
    public String toString() {
        return "smtp://" + host + ":" + port + " (" + security + (user.isPresent() ? ", with login)" : ")");
    }
}
