package io.datalifecycle.dlt.test;

import io.datalifecycle.dlt.spi.Message;
import java.util.List;

/**
 * A message that was caught instead of sent. Immutable.
 *
 * @param channel key of the channel
 * @param recipient whom it was for
 * @param subject one line
 * @param text plain text
 * @param html HTML, may be empty
 * @param attachments names of the files
 * @param message all of it
 */
public record Mail(
        String channel,
        String recipient,
        String subject,
        String text,
        String html,
        List<String> attachments,
        Message message) {

    public Mail {
        attachments = List.copyOf(attachments);
    }

    static Mail of(String channel, String recipient, Message message) {
        return new Mail(
                channel,
                recipient,
                message.subject(),
                message.text(),
                message.html(),
                message.attachments().stream().map(Message.Part::id).toList(),
                message);
    }
}
