package io.datalifecycle.dlt.delivery.internal;

import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.spi.Message;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words of an alert message. */
final class AlertBody {

    private final AlertNews news;
    private final String unit;
    private final DateTimeFormatter clock;

    AlertBody(AlertNews news, String unit) {
        this.news = news;
        this.unit = unit;
        this.clock = DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm:ss zzz", Locale.ENGLISH)
                .withZone(news.zone());
    }

    /** {@code [critical] High vibration raised: P-101 (north-field)}. */
    String subject() {
        String who = news.who().isEmpty() ? "" : ": " + news.who();
        String level = news.isBad() ? "[" + news.severity() + "] " : "[ok] ";
        return level + news.title() + " " + news.verb() + who + " (" + news.workspace() + ")";
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(news.title()).append(' ').append(news.verb()).append("\n\n");
        for (AlertTransition change : news.changes()) {
            text.append("  ")
                    .append(labels(change))
                    .append(": ")
                    .append(change.from().label())
                    .append(" -> ")
                    .append(change.to().label())
                    .append(", value ")
                    .append(value(change))
                    .append(", ")
                    .append(at(change.at()))
                    .append('\n');
        }
        text.append("\nWorkspace: ").append(news.workspace());
        text.append("\nSeverity:  ").append(news.severity());
        text.append("\nAlert:     ").append(news.alert()).append('\n');
        return text.toString();
    }

    String html(List<Message.Part> inline) {
        String rows = news.changes().stream()
                .map(change -> MailHtml.row(labels(change), change.to().label(), value(change), at(change.at())))
                .collect(Collectors.joining());
        String table = MailHtml.table(List.of("Labels", "State", "Value", "At"), rows);
        return MailHtml.document(
                news.title() + " " + news.verb(),
                news.workspace() + " · " + at(news.at()),
                news.isBad() ? MailHtml.colour(news.severity()) : MailHtml.OK,
                table + MailHtml.images(inline),
                "Alert " + news.alert() + ", severity " + news.severity());
    }

    static String labels(AlertTransition change) {
        return change.labels().isEmpty()
                ? "all"
                : change.labels().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(", "));
    }

    private String value(AlertTransition change) {
        if (Double.isNaN(change.value())) {
            return "none";
        }
        String number = String.format(Locale.ROOT, "%.4g", change.value());
        return unit.isEmpty() ? number : number + " " + unit;
    }

    private String at(Instant instant) {
        return clock.format(instant);
    }
}
