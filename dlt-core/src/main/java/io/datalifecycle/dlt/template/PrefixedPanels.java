package io.datalifecycle.dlt.template;

/** Dashboards under other keys: their panels, links and controls follow. Immutable. */
final class PrefixedPanels {

    private final Prefix prefix;

    PrefixedPanels(Prefix prefix) {
        this.prefix = prefix;
    }

    Dashboard dashboard(Dashboard d) {
        return new Dashboard(
                prefix.key(ItemKind.DASHBOARD, d.key()),
                d.title(),
                d.controls().stream().map(this::control).toList(),
                d.panels().stream().map(this::panel).toList());
    }

    private Control control(Control control) {
        return control instanceof Control.Select s
                ? new Control.Select(s.key(), s.title(), s.options().map(prefix::ref), s.values(), s.defaultValue())
                : control;
    }

    private Panel panel(Panel panel) {
        Panel.Frame frame = frame(panel.frame());
        return switch (panel.kind()) {
            case TIME_SERIES -> {
                Panel.TimeSeries p = (Panel.TimeSeries) panel;
                yield new Panel.TimeSeries(frame, query(p.source()), p.thresholds());
            }
            case BAR -> {
                Panel.Bar p = (Panel.Bar) panel;
                yield new Panel.Bar(frame, query(p.source()), p.stacked());
            }
            case PIE -> new Panel.Pie(frame, query(((Panel.Pie) panel).source()));
            case MAP -> {
                Panel.Map2D p = (Panel.Map2D) panel;
                yield new Panel.Map2D(frame, query(p.source()), p.latitude(), p.longitude(), p.label(), p.value());
            }
            case TABLE -> {
                Panel.Table p = (Panel.Table) panel;
                yield new Panel.Table(frame, query(p.source()), p.columns());
            }
            case STAT -> {
                Panel.Stat p = (Panel.Stat) panel;
                yield new Panel.Stat(frame, query(p.source()), p.thresholds());
            }
            case ALERT_LIST ->
                new Panel.AlertList(frame, prefix.keys(ItemKind.ALERT, ((Panel.AlertList) panel).alerts()));
            case TEXT -> new Panel.Text(frame, ((Panel.Text) panel).text());
        };
    }

    private Panel.Frame frame(Panel.Frame frame) {
        return new Panel.Frame(
                frame.title(),
                frame.at(),
                frame.redirect().map(link -> new Redirect(prefix.ref(link.to()), link.with(), link.keep())));
    }

    private Panel.Query query(Panel.Query query) {
        return new Panel.Query(prefix.ref(query.metric()), query.with());
    }
}
