package io.datalifecycle.dlt.delivery.internal;

import io.datalifecycle.dlt.spi.Message;
import java.util.List;
import java.util.stream.Collectors;

/** HTML that mail programs show alike: tables, inline styles, pictures by content id, nothing fetched. */
final class MailHtml {

    static final String OK = "#2e7d32";
    private static final String TEXT = "font-family:Helvetica,Arial,sans-serif;color:#1f2933;";
    private static final String CELL =
            "padding:8px 12px;border-bottom:1px solid #e4e7eb;font-size:14px;text-align:left;";

    private MailHtml() {}

    static String colour(String severity) {
        return switch (severity) {
            case "critical" -> "#c62828";
            case "warning" -> "#b26a00";
            default -> "#1565c0";
        };
    }

    static String document(String title, String subtitle, String colour, String body, String footer) {
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>%s</title></head>
                <body style="margin:0;background:#f5f7fa;%s">
                <table role="presentation" width="100%%" cellspacing="0" cellpadding="0"><tr><td align="center" style="padding:24px 12px;">
                <table role="presentation" width="640" cellspacing="0" cellpadding="0" style="max-width:640px;width:100%%;background:#ffffff;border:1px solid #e4e7eb;">
                <tr><td style="background:%s;padding:18px 24px;color:#ffffff;">
                <div style="font-size:20px;font-weight:bold;">%s</div>
                <div style="font-size:13px;margin-top:4px;">%s</div></td></tr>
                <tr><td style="padding:20px 24px;">%s</td></tr>
                <tr><td style="padding:12px 24px;border-top:1px solid #e4e7eb;font-size:12px;color:#616e7c;">%s</td></tr>
                </table></td></tr></table></body></html>
                """.formatted(escape(title), TEXT, colour, escape(title), escape(subtitle), body, escape(footer));
    }

    /** A table of cells already made by {@link #row}. */
    static String table(List<String> headings, String rows) {
        String head = headings.stream()
                .map(h -> "<th style=\"" + CELL + "color:#616e7c;font-weight:normal;\">" + escape(h) + "</th>")
                .collect(Collectors.joining());
        return "<table width=\"100%\" cellspacing=\"0\" cellpadding=\"0\" style=\"border-collapse:collapse;\"><tr>"
                + head + "</tr>" + rows + "</table>";
    }

    static String row(String... cells) {
        StringBuilder row = new StringBuilder("<tr>");
        for (String cell : cells) {
            row.append("<td style=\"")
                    .append(CELL)
                    .append("\">")
                    .append(escape(cell))
                    .append("</td>");
        }
        return row.append("</tr>").toString();
    }

    static String heading(String text) {
        return "<h2 style=\"font-size:15px;margin:22px 0 8px;\">" + escape(text) + "</h2>";
    }

    static String paragraph(String text) {
        return "<p style=\"font-size:14px;line-height:1.5;margin:0 0 12px;\">" + escape(text) + "</p>";
    }

    /** The pictures one below the other, with their titles as alternative text. */
    static String images(List<Message.Part> inline) {
        return inline.stream()
                .map(
                        part -> "<img src=\"cid:" + escape(part.id()) + "\" alt=\"" + escape(part.title())
                                + "\" width=\"592\" style=\"display:block;width:100%;max-width:592px;height:auto;margin-top:18px;border:0;\">")
                .collect(Collectors.joining());
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
