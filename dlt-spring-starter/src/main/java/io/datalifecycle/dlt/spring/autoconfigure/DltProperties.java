package io.datalifecycle.dlt.spring.autoconfigure;

import io.datalifecycle.dlt.schedule.NodeRole;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of DLT.
 *
 * @param enabled whether anything is configured at all
 * @param templates where templates are found; all are published at start
 * @param roles what this node does in the background; each role needs a node that has it
 * @param schedule how it runs in the background
 * @param database where tables go
 * @param mail how e-mail leaves; without a host there is no channel of type email
 * @param webhook how webhooks leave
 */
@ConfigurationProperties("dlt")
public record DltProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("classpath*:dlt/*.yaml") List<String> templates,

        @DefaultValue({"scheduler", "features", "models", "alerts"})
        List<NodeRole> roles,

        @DefaultValue Schedule schedule,
        @DefaultValue Database database,
        @DefaultValue Mail mail,
        @DefaultValue Webhook webhook) {

    /**
     * Background work.
     *
     * @param enabled whether this node runs schedules; without it the node answers questions only
     * @param threads most jobs at once in each role, 1 to 64
     * @param spread how much later than its schedule says a job may begin, so that not all workspaces begin at once
     * @param workspaceConcurrency most jobs of one workspace at once, in each role
     * @param databaseConcurrency most jobs of one data database at once, in each role; as many as threads when not given
     */
    public record Schedule(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("2") int threads,
            @DefaultValue("30s") Duration spread,
            @DefaultValue("2") int workspaceConcurrency,
            @Nullable Integer databaseConcurrency) {}

    /**
     * Databases.
     *
     * @param placement name of the data database that new workspaces live in
     * @param schema schema of the workspaces' tables
     */
    public record Database(
            @DefaultValue("main") String placement,
            @DefaultValue("public") String schema) {}

    /**
     * E-mail.
     *
     * @param host mail server; none sends no mail
     * @param port 587 for submission, 465 for TLS from the start
     * @param security protection of the connection
     * @param username login; none for no login
     * @param password of the login
     * @param from sender, one mailbox; needed with a host
     * @param timeout longest wait for connecting, an answer, writing
     */
    public record Mail(
            @Nullable String host,
            @DefaultValue("587") int port,
            @DefaultValue("starttls") Security security,
            @Nullable String username,
            @Nullable String password,
            @Nullable String from,
            @DefaultValue("15s") Duration timeout) {

        /** Protection of the connection to the mail server. */
        public enum Security {
            NONE,
            STARTTLS,
            TLS
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Mail[host=" + host + ", port=" + port + ", security=" + security + ", from=" + from + "]";
        }
    }

    /**
     * Webhooks.
     *
     * @param allowPrivate whether http and addresses of private networks may be called
     * @param timeout longest wait for connection and answer
     */
    public record Webhook(
            @DefaultValue("false") boolean allowPrivate,
            @DefaultValue("15s") Duration timeout) {}
}
