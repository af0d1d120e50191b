package io.datalifecycle.dlt.notify;

import io.datalifecycle.dlt.notify.chart.XChartRenderer;
import io.datalifecycle.dlt.notify.html.HtmlPageRenderer;
import io.datalifecycle.dlt.notify.log.LogNotifier;
import io.datalifecycle.dlt.notify.mail.MailNotifier;
import io.datalifecycle.dlt.notify.mail.SmtpServer;
import io.datalifecycle.dlt.notify.pdf.PdfRenderer;
import io.datalifecycle.dlt.notify.webhook.WebhookNotifier;
import io.datalifecycle.dlt.spi.Contributions;
import io.datalifecycle.dlt.spi.DltPlugin;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Adds the channels {@code email} (when a mail server is given), {@code webhook} and {@code log}, and the renderers for HTML, PNG and
 * PDF. Immutable; made by {@link #builder}.
 */
public final class NotifyPlugin implements DltPlugin {

    private final @Nullable SmtpServer server;
    private final @Nullable String from;
    private final boolean allowPrivateWebhooks;
    private final Duration webhookTimeout;
    private final InstantSource clock;

    private NotifyPlugin(Builder builder) {
        this.server = builder.server;
        this.from = builder.from;
        this.allowPrivateWebhooks = builder.allowPrivateWebhooks;
        this.webhookTimeout = builder.webhookTimeout;
        this.clock = builder.clock;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Without mail: webhooks, log and renderers only. */
    public static NotifyPlugin ofDefaults() {
        return builder().build();
    }

    @Override
    public String name() {
        return "dlt-notify";
    }

    @Override
    public void contribute(Contributions contributions) {
        if (server != null && from != null) {
            contributions.notifier(new MailNotifier(server, from, clock));
        }
        contributions.notifier(new WebhookNotifier(allowPrivateWebhooks, clock, webhookTimeout));
        contributions.notifier(new LogNotifier());
        contributions.charts(new XChartRenderer());
        contributions.pages(new HtmlPageRenderer());
        contributions.documents(PdfRenderer.landscape());
    }

    /** Settings of the plug-in. Mutable, not thread-safe. */
    public static final class Builder {

        private @Nullable SmtpServer server;
        private @Nullable String from;
        private boolean allowPrivateWebhooks;
        private Duration webhookTimeout = Duration.ofSeconds(15);
        private InstantSource clock = Clock.systemUTC();

        private Builder() {}

        /** The mail server, with STARTTLS and without a login. */
        public Builder smtp(String host, int port) {
            return smtp(SmtpServer.of(host, port));
        }

        /** The mail server; given once. */
        public Builder smtp(SmtpServer server) {
            if (this.server != null) {
                throw new IllegalStateException("smtp: is already " + this.server);
            }
            this.server = server;
            return this;
        }

        /** The sender of all mail, one mailbox; given once. */
        public Builder from(String mailbox) {
            if (from != null) {
                throw new IllegalStateException("from: is already " + from);
            }
            from = mailbox;
            return this;
        }

        /** Lets webhooks call http and private networks; for tests and closed networks. */
        public Builder allowPrivateWebhooks(boolean allow) {
            allowPrivateWebhooks = allow;
            return this;
        }

        /** Longest wait of a webhook for connection and answer; 15 seconds when not given. */
        public Builder webhookTimeout(Duration timeout) {
            webhookTimeout = timeout;
            return this;
        }

        /** Clock of Date headers and webhook timestamps; the system's when not given. */
        public Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /** A mail server needs a sender and the other way round. */
        public NotifyPlugin build() {
            if ((server == null) != (from == null)) {
                throw new IllegalStateException(
                        server == null
                                ? "from: is " + from + " but no mail server is given, add smtp(host, port)"
                                : "smtp: is " + server + " but no sender is given, add from(\"dlt@example.org\")");
            }
            return new NotifyPlugin(this);
        }
    }
}
