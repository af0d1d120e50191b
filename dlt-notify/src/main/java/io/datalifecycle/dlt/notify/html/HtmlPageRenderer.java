package io.datalifecycle.dlt.notify.html;

import io.datalifecycle.dlt.notify.chart.Formats;
import io.datalifecycle.dlt.spi.PageRenderer;
import io.datalifecycle.dlt.view.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a page as one HTML file that works without a network: charts, controls that switch between the variants in the file, links
 * that carry values to other dashboards. Its Content-Security-Policy lets only its own two scripts run and forbids every request.
 * The same page gives the same text. Thread-safe.
 */
public final class HtmlPageRenderer implements PageRenderer {

    @Override
    public String html(Page page) {
        Formats formats = Formats.in(page.zone());
        PageAssets assets = PageAssets.loaded();
        return assets.fill(Map.of(
                "policy", assets.policy(),
                "title", escaped(page.title()),
                "workspace", escaped(page.workspace()),
                "facts", facts(page, formats),
                "foot", escaped(foot(page, formats)),
                "style", assets.style(),
                "data", PageData.of(page, formats),
                "echarts", assets.echarts(),
                "script", assets.script()));
    }

    private static String facts(Page page, Formats formats) {
        List<String> facts = new ArrayList<>();
        facts.add(page.workspace());
        page.range().ifPresent(range -> facts.add(formats.time(range.from()) + " – " + formats.time(range.to())));
        facts.add(formats.zoneName(page.generatedAt()));
        facts.add("as of " + formats.time(page.generatedAt()));
        StringBuilder html = new StringBuilder();
        facts.forEach(fact -> html.append("<span>").append(escaped(fact)).append("</span>"));
        return html.toString();
    }

    private static String foot(Page page, Formats formats) {
        String zone = "Times in " + formats.zoneName(page.generatedAt()) + ".";
        boolean zoomable =
                page.items().stream().anyMatch(item -> !ItemData.series(item).isEmpty());
        return zoomable ? zone + " Drag across a chart to zoom, double-click to show everything again." : zone;
    }

    /** Text as content or attribute value. */
    static String escaped(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            switch (sign) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                case '\0' -> html.append('\ufffd');
                default -> html.append(sign);
            }
        }
        return html.toString();
    }
}
