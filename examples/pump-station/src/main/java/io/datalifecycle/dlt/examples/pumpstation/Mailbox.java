package io.datalifecycle.dlt.examples.pumpstation;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** A mail server inside the demo: what DLT sends arrives here and nowhere else. */
final class Mailbox implements AutoCloseable {

    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());

    Mailbox() {
        server.start();
    }

    int port() {
        return server.getSmtp().getPort();
    }

    /** Subjects in order of arrival. */
    List<String> subjects() throws MessagingException {
        List<String> subjects = new java.util.ArrayList<>();
        for (MimeMessage mail : server.getReceivedMessages()) {
            subjects.add(mail.getSubject());
        }
        return subjects;
    }

    /** All mails in order of arrival. */
    List<MimeMessage> all() {
        return List.of(server.getReceivedMessages());
    }

    /** Saves the first mail whose subject fits; says whether there was one. */
    boolean save(Predicate<String> subject, Path file) throws MessagingException, IOException {
        for (MimeMessage mail : server.getReceivedMessages()) {
            if (subject.test(mail.getSubject())) {
                try (OutputStream out = Files.newOutputStream(file)) {
                    mail.writeTo(out);
                }
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        server.stop();
    }
}
