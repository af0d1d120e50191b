package io.datalifecycle.dlt.delivery.internal;

import io.datalifecycle.dlt.spi.Message;
import io.datalifecycle.dlt.spi.Outbox;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The words of a report message, around the pictures and files that were made when the report ran. */
final class ReportBody {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReportBody() {}

    static Message message(Outbox.Draft draft) {
        JsonNode data = JSON.readTree(draft.payload());
        List<Message.Part> inline =
                draft.files().stream().filter(Message.Part::inline).toList();
        List<Message.Part> files =
                draft.files().stream().filter(part -> !part.inline()).toList();
        String subject = data.get("title").asString() + ": " + data.get("span").asString() + " ("
                + data.get("workspace").asString() + ")";
        return new Message(subject, text(data, files), html(data, inline, files), draft.payload(), inline, files);
    }

    private static String text(JsonNode data, List<Message.Part> files) {
        StringBuilder text = new StringBuilder();
        text.append(data.get("title").asString())
                .append('\n')
                .append(data.get("span").asString())
                .append("\n\n");
        for (JsonNode line : data.get("highlights")) {
            text.append("  ")
                    .append(line.get("title").asString())
                    .append(": ")
                    .append(line.get("value").asString())
                    .append('\n');
        }
        text.append("\nWorkspace: ").append(data.get("workspace").asString()).append('\n');
        files.forEach(file -> text.append("Attached:  ").append(file.id()).append('\n'));
        return text.toString();
    }

    private static String html(JsonNode data, List<Message.Part> inline, List<Message.Part> files) {
        StringBuilder rows = new StringBuilder();
        for (JsonNode line : data.get("highlights")) {
            rows.append(
                    MailHtml.row(line.get("title").asString(), line.get("value").asString()));
        }
        StringBuilder body = new StringBuilder();
        if (rows.length() > 0) {
            body.append(MailHtml.table(List.of("", ""), rows.toString()));
        }
        for (Message.Part part : inline) {
            body.append(MailHtml.heading(part.title())).append(MailHtml.images(List.of(part)));
        }
        if (body.length() == 0) {
            body.append(MailHtml.paragraph("The report is attached."));
        }
        List<String> names = new ArrayList<>();
        files.forEach(file -> names.add(file.id()));
        String footer =
                names.isEmpty() ? "Report " + data.get("report").asString() : "Attached: " + String.join(", ", names);
        return MailHtml.document(
                data.get("title").asString(),
                data.get("workspace").asString() + " · " + data.get("span").asString(),
                "#243b53",
                body.toString(),
                footer);
    }
}
