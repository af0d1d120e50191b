package io.datalifecycle.dlt.examples.pumpstation;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Takes the mails that arrived apart: the first alert as a mail, the first report's PDF as a file. */
final class MailFiles {

    private MailFiles() {}

    static void save(Mailbox mailbox, Path out) throws MessagingException, IOException {
        if (!mailbox.save(
                subject -> subject.startsWith("[critical]") && subject.contains(" raised"), out.resolve("alert.eml"))) {
            mailbox.save(subject -> subject.contains(" raised"), out.resolve("alert.eml"));
        }
        for (MimeMessage mail : mailbox.all()) {
            Optional<BodyPart> pdf = find(mail.getContent(), "weekly.pdf");
            if (pdf.isPresent()) {
                try (InputStream in = pdf.get().getInputStream()) {
                    Files.copy(in, out.resolve("weekly-report.pdf"), StandardCopyOption.REPLACE_EXISTING);
                }
                return;
            }
        }
    }

    private static Optional<BodyPart> find(Object content, String name) throws MessagingException, IOException {
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart part = parts.getBodyPart(i);
                if (name.equals(part.getFileName())) {
                    return Optional.of(part);
                }
                Optional<BodyPart> inner = find(part.getContent(), name);
                if (inner.isPresent()) {
                    return inner;
                }
            }
        }
        return Optional.empty();
    }
}
