package io.datalifecycle.dlt.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.datalifecycle.dlt.problem.DeliveryException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Message;
import io.datalifecycle.dlt.spi.Notifier;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MailNotifierTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-09T13:00:00Z"));
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};

    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void carriesTextHtmlInlineImagesAndFiles() throws Exception {
        Message message = new Message(
                "Wöchentlicher Bericht",
                "plain – text",
                "<p>hi <img src=\"cid:chart\"></p>",
                "{}",
                List.of(new Message.Part("chart", "image/png", PNG, "Chart", true)),
                List.of(new Message.Part(
                        "weekly.pdf", "application/pdf", new byte[] {'%', 'P', 'D', 'F'}, "Report", false)));
        String receipt = notifier().send(message, to("ops@north.example"));

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Wöchentlicher Bericht");
        assertThat(mail.getSentDate().toInstant()).isEqualTo(CLOCK.instant());
        assertThat(mail.getMessageID()).isEqualTo(receipt).isEqualTo("<dlt-42@acme.example>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        MimeMultipart mixed = (MimeMultipart) mail.getContent();
        assertThat(mixed.getContentType()).startsWith("multipart/mixed");
        MimeMultipart alternative = (MimeMultipart) mixed.getBodyPart(0).getContent();
        assertThat(alternative.getContentType()).startsWith("multipart/alternative");
        assertThat((String) alternative.getBodyPart(0).getContent()).isEqualTo("plain – text");
        MimeMultipart related = (MimeMultipart) alternative.getBodyPart(1).getContent();
        assertThat(related.getContentType()).startsWith("multipart/related");
        assertThat((String) related.getBodyPart(0).getContent()).contains("cid:chart");
        MimeBodyPart image = (MimeBodyPart) related.getBodyPart(1);
        assertThat(image.getContentID()).isEqualTo("<chart>");
        assertThat(image.getInputStream().readAllBytes()).isEqualTo(PNG);
        assertThat(mixed.getBodyPart(1).getFileName()).isEqualTo("weekly.pdf");
        assertThat(mixed.getBodyPart(1).getDisposition()).isEqualTo("attachment");
    }

    @Test
    void withoutPicturesAndFilesItIsAPlainAlternative() throws Exception {
        notifier().send(new Message("s", "t", "<p>h</p>", "{}", List.of(), List.of()), to("ops@north.example"));
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        assertThat(((MimeMultipart) mail.getContent()).getCount()).isEqualTo(2);
    }

    @Test
    void nothingInSubjectFileNameOrContentIdBecomesAHeader() throws Exception {
        Message message = new Message(
                "High\r\nBcc: evil@example.org",
                "t",
                "<p>h</p>",
                "{}",
                List.of(new Message.Part("a\r\nX-Evil: 1", "image/png\r\nX-Evil: 2", PNG, "x", true)),
                List.of(new Message.Part("../../r\r\nX-Evil: 3.pdf", "application/pdf", new byte[] {1}, "x", false)));
        notifier().send(message, to("ops@north.example"));

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(mail.getSubject()).isEqualTo("High  Bcc: evil@example.org");
        java.io.ByteArrayOutputStream raw = new java.io.ByteArrayOutputStream();
        mail.writeTo(raw);
        assertThat(raw.toString(java.nio.charset.StandardCharsets.US_ASCII).lines())
                .noneMatch(line -> line.startsWith("X-Evil") || line.startsWith("Bcc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.example, c@d.example",
                "Group: a@b.example;",
                "no-at-sign",
                "a@b.example\r\nBcc: x@y.example",
                "",
                "@b.example"
            })
    void anAddressIsExactlyOneMailbox(String address) {
        assertThatThrownBy(() -> notifier().send(new Message("s", "t", "", "{}", List.of(), List.of()), to(address)))
                .isInstanceOfSatisfying(DeliveryException.class, e -> {
                    assertThat(e.code()).isEqualTo(ProblemCode.ADDRESS_REFUSED);
                    assertThat(e.isRetryable()).isFalse();
                });
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aServerThatIsDownIsTriedAgainLater() {
        MailNotifier notifier = notifier();
        server.stop();
        assertThatThrownBy(() ->
                        notifier.send(new Message("s", "t", "", "{}", List.of(), List.of()), to("ops@north.example")))
                .isInstanceOfSatisfying(DeliveryException.class, e -> {
                    assertThat(e.isRetryable()).isTrue();
                    assertThat(e).hasMessageContaining("could not be reached").hasMessageEndingWith("[DLT-6001]");
                });
    }

    @Test
    void checkNamesEveryWrongOption() {
        List<Problem> problems =
                notifier().check(Map.of("to", List.of("ops@north.example", "nobody", "${param.ops_email}"), "cc", "x"));
        assertThat(problems).extracting(Problem::pointer).containsExactly("/to/1", "/cc");
        assertThat(notifier().check(Map.of())).extracting(Problem::code).containsExactly(ProblemCode.MISSING_KEY);
    }

    private MailNotifier notifier() {
        SmtpServer smtp = SmtpServer.of("127.0.0.1", server.getSmtp().getPort()).withSecurity(SmtpServer.Security.NONE);
        return new MailNotifier(smtp, "dlt@acme.example", CLOCK);
    }

    private static Notifier.Destination to(String recipient) {
        return new Notifier.Destination("ops", Map.of("to", recipient), recipient, "dlt-42");
    }
}
