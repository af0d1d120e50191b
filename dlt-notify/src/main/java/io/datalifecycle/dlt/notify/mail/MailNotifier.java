package io.datalifecycle.dlt.notify.mail;

import io.datalifecycle.dlt.problem.DeliveryException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Message;
import io.datalifecycle.dlt.spi.Notifier;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Sends e-mail through one SMTP server; channel option {@code to} is an address or a list of addresses. Thread-safe. */
public final class MailNotifier implements Notifier {

    private final SmtpServer server;
    private final InternetAddress from;
    private final InstantSource clock;
    private final Session session;

    /**
     * @param from the sender, one mailbox
     * @param clock gives the Date header
     */
    public MailNotifier(SmtpServer server, String from, InstantSource clock) {
        this.server = server;
        this.from = MailHeaders.mailbox(from);
        this.clock = clock;
        this.session = Session.getInstance(properties(server));
    }

    private static Properties properties(SmtpServer server) {
        String protocol = protocol(server);
        String millis = Long.toString(server.timeout().toMillis());
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", protocol);
        for (String timeout : List.of("connectiontimeout", "timeout", "writetimeout")) {
            properties.put("mail." + protocol + "." + timeout, millis); // the library waits for ever by default
        }
        properties.put(
                "mail." + protocol + ".auth", Boolean.toString(server.user().isPresent()));
        properties.put("mail." + protocol + ".ssl.checkserveridentity", "true");
        if (server.security() == SmtpServer.Security.STARTTLS) {
            properties.put("mail.smtp.starttls.enable", "true");
            properties.put("mail.smtp.starttls.required", "true");
        }
        return properties;
    }

    private static String protocol(SmtpServer server) {
        return server.security() == SmtpServer.Security.TLS ? "smtps" : "smtp";
    }

    @Override
    public String type() {
        return "email";
    }

    @Override
    public List<Problem> check(Map<String, Object> options) {
        List<Problem> problems = new ArrayList<>();
        List<String> to = recipients(options);
        if (to.isEmpty()) {
            problems.add(Problem.error(
                    ProblemCode.MISSING_KEY,
                    "/to",
                    "an e-mail channel needs an address",
                    "write to: [ops@example.org] or to: [\"${param.ops_email}\"]"));
        }
        for (int i = 0; i < to.size(); i++) {
            if (!to.get(i).contains("${")) {
                try {
                    MailHeaders.mailbox(to.get(i));
                } catch (DeliveryException refused) {
                    problems.add(Problem.error(
                            ProblemCode.ADDRESS_REFUSED,
                            "/to/" + i,
                            MailHeaders.line(to.get(i)) + " is not one mailbox",
                            "write it like ops@example.org"));
                }
            }
        }
        options.keySet().stream()
                .filter(key -> !key.equals("to"))
                .forEach(key -> problems.add(Problem.error(
                        ProblemCode.UNKNOWN_KEY,
                        "/" + key,
                        key + " is no option of an e-mail channel",
                        "the only option is to")));
        return List.copyOf(problems);
    }

    @Override
    public List<String> recipients(Map<String, Object> options) {
        Object to = options.get("to");
        if (to instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return to == null ? List.of() : List.of(to.toString());
    }

    @Override
    public String send(Message message, Destination destination) {
        MimeMessage mail = assembled(message, destination);
        try {
            try (Transport transport = session.getTransport(protocol(server))) {
                transport.connect(
                        server.host(),
                        server.port(),
                        server.user().orElse(null),
                        server.password().orElse(null));
                transport.sendMessage(mail, mail.getAllRecipients());
            }
            return mail.getMessageID();
        } catch (MessagingException failure) {
            throw failed(failure);
        }
    }

    private MimeMessage assembled(Message message, Destination destination) {
        try {
            return MailMessage.of(session, message, destination, from, clock.instant());
        } catch (MessagingException failure) {
            throw new DeliveryException(
                    ProblemCode.DELIVERY_FAILED,
                    "channel " + destination.channel() + ": the mail could not be put together (" + cause(failure)
                            + ")",
                    false,
                    failure);
        }
    }

    private DeliveryException failed(MessagingException failure) {
        if (failure instanceof AuthenticationFailedException) {
            return new DeliveryException(
                    ProblemCode.DELIVERY_FAILED,
                    "mail server " + server + " refused the login; check user and password",
                    true,
                    failure);
        }
        int answer = answer(failure);
        boolean permanent = answer >= 500;
        String what = answer > 0 ? "answered " + answer : "could not be reached (" + cause(failure) + ")";
        return new DeliveryException(
                ProblemCode.DELIVERY_FAILED,
                "mail server " + server + " " + what
                        + (permanent ? "; the address or the sender is refused" : "; it will be tried again"),
                !permanent,
                failure);
    }

    /** The SMTP answer code somewhere in the chain, 0 when there was none. */
    private static int answer(Throwable failure) {
        for (Throwable t = failure; t != null; t = next(t)) {
            if (t instanceof SMTPAddressFailedException address) {
                return address.getReturnCode();
            }
            if (t instanceof SMTPSendFailedException send) {
                return send.getReturnCode();
            }
        }
        return failure instanceof SendFailedException ? 550 : 0;
    }

    private static @org.jspecify.annotations.Nullable Throwable next(Throwable failure) {
        return failure instanceof MessagingException mail && mail.getNextException() != null
                ? mail.getNextException()
                : failure.getCause();
    }

    private static String cause(Throwable failure) {
        Throwable deepest = failure;
        for (Throwable t = failure; t != null; t = next(t)) {
            deepest = t;
        }
        return deepest.getClass().getSimpleName();
    }
}
