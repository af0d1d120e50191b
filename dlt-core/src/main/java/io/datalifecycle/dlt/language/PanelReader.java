package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Binding;
import io.datalifecycle.dlt.template.GridArea;
import io.datalifecycle.dlt.template.Panel;
import io.datalifecycle.dlt.template.PanelKind;
import io.datalifecycle.dlt.template.Redirect;
import io.datalifecycle.dlt.template.RefKind;
import io.datalifecycle.dlt.template.ValueType;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads panels. */
final class PanelReader {

    private static final GridArea WHOLE_ROW = new GridArea(0, 0, GridArea.COLUMNS, 1);

    private PanelReader() {}

    static Optional<Panel> read(Fields fields) {
        Optional<PanelKind> kind =
                fields.oneOf("type", PanelKind::of, StoreReader.labels(PanelKind.values(), PanelKind::label));
        if (kind.isEmpty()) {
            if (!fields.has("type")) {
                fields.error(ProblemCode.MISSING_KEY, "", "type is missing", "");
            }
            return Optional.of(new Panel.Text(new Panel.Frame("", WHOLE_ROW, Optional.empty()), ""));
        }
        Panel.Frame frame = new Panel.Frame(
                fields.text("title").orElse(""),
                area(fields),
                fields.group("redirect").map(PanelReader::redirect));
        Panel panel = panel(kind.get(), frame, fields);
        fields.close();
        return Optional.of(panel);
    }

    private static Panel panel(PanelKind kind, Panel.Frame frame, Fields fields) {
        return switch (kind) {
            case TIME_SERIES -> new Panel.TimeSeries(frame, query(fields), bindings(fields, "thresholds"));
            case BAR -> new Panel.Bar(frame, query(fields), fields.flag("stacked", false));
            case PIE -> new Panel.Pie(frame, query(fields));
            case MAP ->
                new Panel.Map2D(
                        frame,
                        query(fields),
                        fields.needText("latitude"),
                        fields.needText("longitude"),
                        fields.text("label"),
                        fields.text("value"));
            case TABLE -> new Panel.Table(frame, query(fields), fields.texts("columns"));
            case STAT -> new Panel.Stat(frame, query(fields), bindings(fields, "thresholds"));
            case ALERT_LIST -> new Panel.AlertList(frame, fields.texts("alerts"));
            case TEXT -> new Panel.Text(frame, fields.needText("text"));
        };
    }

    private static Panel.Query query(Fields fields) {
        return new Panel.Query(fields.needRef("metric", RefKind.METRIC), bindings(fields, "with"));
    }

    /** Values are the forms of {@link Binding}; numbers and truth values are literals. */
    static Map<String, Binding> bindings(Fields fields, String key) {
        Map<String, Binding> bindings = new LinkedHashMap<>();
        Optional<Fields> group = fields.group(key);
        if (group.isPresent()) {
            for (String name : group.get().keys()) {
                Optional<String> text = group.get().anyScalar(name);
                if (text.isPresent() && text.get().isBlank()) {
                    group.get()
                            .badValue(
                                    name,
                                    name + ": is empty",
                                    "use a control, row.column, param.name, now or a literal");
                } else {
                    text.ifPresent(t -> bindings.put(name, Binding.of(t)));
                }
            }
        }
        return bindings;
    }

    private static Redirect redirect(Fields fields) {
        Redirect redirect =
                new Redirect(fields.needRef("to", RefKind.DASHBOARD), bindings(fields, "with"), fields.texts("keep"));
        fields.close();
        return redirect;
    }

    private static GridArea area(Fields fields) {
        Fields at = fields.needGroup("at");
        Optional<Integer> x = cell(at, "x");
        Optional<Integer> y = cell(at, "y");
        Optional<Integer> w = cell(at, "w");
        Optional<Integer> h = cell(at, "h");
        at.close();
        if (x.isEmpty() || y.isEmpty() || w.isEmpty() || h.isEmpty()) {
            return WHOLE_ROW;
        }
        try {
            return new GridArea(x.get(), y.get(), w.get(), h.get());
        } catch (IllegalArgumentException e) {
            fields.badValue("at", String.valueOf(e.getMessage()), "x + w is at most " + GridArea.COLUMNS);
            return WHOLE_ROW;
        }
    }

    private static Optional<Integer> cell(Fields at, String key) {
        if (!at.has(key)) {
            at.missing(key);
        }
        Optional<BigDecimal> number = at.number(key);
        Optional<Integer> cell = number.flatMap(ValueType.INTEGER::convert)
                .map(n -> ((Long) n).intValue())
                .filter(n -> n >= 0 && n < 10_000);
        if (number.isPresent() && cell.isEmpty()) {
            at.badValue(key, key + ": " + number.get() + " is no whole number from 0 to 9999", "");
        }
        return cell;
    }
}
