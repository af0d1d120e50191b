package io.datalifecycle.dlt.spi;

import java.util.List;

/**
 * Something to tell people, in every form a notifier may want. Immutable.
 *
 * @param subject one line
 * @param text plain text
 * @param html HTML that refers to inline parts as {@code cid:id}; empty when there is none
 * @param json the occasion as JSON, for machines
 * @param inline images shown within the HTML
 * @param attachments files
 */
public record Message(
        String subject, String text, String html, String json, List<Part> inline, List<Part> attachments) {

    public Message {
        inline = List.copyOf(inline);
        attachments = List.copyOf(attachments);
    }

    /**
     * A file within a message. Immutable by convention: do not change the array.
     *
     * @param id content id for inline parts, file name for attachments
     * @param contentType for instance {@code image/png}
     * @param content the bytes
     * @param title alternative text for people
     * @param inline whether it is shown within the HTML
     */
    public record Part(String id, String contentType, byte[] content, String title, boolean inline) {}
}
