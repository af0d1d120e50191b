package io.datalifecycle.dlt.spring.autoconfigure;

import io.datalifecycle.dlt.notify.NotifyPlugin;
import io.datalifecycle.dlt.notify.mail.SmtpServer;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Adds channels and renderers where dlt-notify is on the class path. */
@AutoConfiguration
@ConditionalOnClass(NotifyPlugin.class)
@EnableConfigurationProperties(DltProperties.class)
public final class DltNotifyAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    NotifyPlugin dltNotifyPlugin(DltProperties properties, ObjectProvider<InstantSource> clock) {
        NotifyPlugin.Builder builder = NotifyPlugin.builder()
                .clock(clock.getIfUnique(Clock::systemUTC))
                .allowPrivateWebhooks(properties.webhook().allowPrivate())
                .webhookTimeout(properties.webhook().timeout());
        DltProperties.Mail mail = properties.mail();
        String host = mail.host();
        if (host != null) {
            String from = mail.from();
            if (from == null) {
                throw new IllegalStateException(
                        "dlt.mail.host is " + host + " but dlt.mail.from is not set; name the sender");
            }
            SmtpServer.Security security =
                    SmtpServer.Security.valueOf(mail.security().name().toUpperCase(Locale.ROOT));
            builder.smtp(new SmtpServer(
                    host,
                    mail.port(),
                    security,
                    Optional.ofNullable(mail.username()),
                    Optional.ofNullable(mail.password()),
                    mail.timeout()));
            builder.from(from);
        }
        return builder.build();
    }
}
