package io.datalifecycle.dlt.notify.mail;

import io.datalifecycle.dlt.spi.Message;
import io.datalifecycle.dlt.spi.Notifier;
import jakarta.activation.DataHandler;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/** A message as MIME: text and HTML as alternatives, the HTML with its pictures, the files behind. */
final class MailMessage extends MimeMessage {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final String messageId;

    private MailMessage(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    static MimeMessage of(Session session, Message message, Notifier.Destination to, InternetAddress from, Instant at)
            throws MessagingException {
        String domain = from.getAddress().substring(from.getAddress().indexOf('@') + 1);
        MailMessage mail = new MailMessage(
                session, "<" + MailHeaders.token(to.messageId()) + "@" + MailHeaders.token(domain) + ">");
        mail.setFrom(from);
        mail.setRecipient(RecipientType.TO, MailHeaders.mailbox(to.recipient()));
        mail.setSubject(MailHeaders.line(message.subject()), UTF_8);
        mail.setSentDate(Date.from(at));
        mail.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office answers to a machine
        if (message.attachments().isEmpty()) {
            MimeBodyPart body = body(message);
            mail.setContent((MimeMultipart) content(body));
        } else {
            MimeMultipart mixed = new MimeMultipart("mixed");
            mixed.addBodyPart(body(message));
            for (Message.Part file : message.attachments()) {
                mixed.addBodyPart(attachment(file));
            }
            mail.setContent(mixed);
        }
        mail.saveChanges();
        return mail;
    }

    private static Object content(MimeBodyPart part) throws MessagingException {
        try {
            return part.getContent();
        } catch (java.io.IOException e) {
            throw new MessagingException("content made in memory", e);
        }
    }

    private static MimeBodyPart body(Message message) throws MessagingException {
        MimeMultipart alternative = new MimeMultipart("alternative");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(message.text(), UTF_8);
        alternative.addBodyPart(text);
        if (!message.html().isEmpty()) {
            alternative.addBodyPart(html(message));
        }
        MimeBodyPart body = new MimeBodyPart();
        body.setContent(alternative);
        return body;
    }

    private static MimeBodyPart html(Message message) throws MessagingException {
        MimeBodyPart html = new MimeBodyPart();
        html.setText(message.html(), UTF_8, "html");
        if (message.inline().isEmpty()) {
            return html;
        }
        MimeMultipart related = new MimeMultipart("related");
        related.addBodyPart(html);
        for (Message.Part image : message.inline()) {
            MimeBodyPart part = file(image);
            part.setContentID("<" + MailHeaders.token(image.id()) + ">");
            part.setDisposition(Part.INLINE);
            part.setFileName(MailHeaders.token(image.id()) + ".png");
            related.addBodyPart(part);
        }
        MimeBodyPart whole = new MimeBodyPart();
        whole.setContent(related);
        return whole;
    }

    private static MimeBodyPart attachment(Message.Part file) throws MessagingException {
        MimeBodyPart part = file(file);
        part.setDisposition(Part.ATTACHMENT);
        part.setFileName(MailHeaders.token(file.id()));
        return part;
    }

    private static MimeBodyPart file(Message.Part file) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(
                new DataHandler(new ByteArrayDataSource(file.content(), MailHeaders.contentType(file.contentType()))));
        return part;
    }

    /** The same id at every attempt, so that receivers can tell a repetition. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }
}
