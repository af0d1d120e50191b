package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.Node.Items;
import io.datalifecycle.dlt.language.Node.Scalar;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Control;
import io.datalifecycle.dlt.template.ControlKind;
import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.template.Panel;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.RefKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads dashboards and their controls. */
final class DashboardReader {

    private DashboardReader() {}

    static Dashboard read(String key, Fields fields) {
        List<Control> controls = new ArrayList<>();
        fields.group("controls")
                .ifPresent(group ->
                        group.each((name, control) -> control(name, control).ifPresent(controls::add)));
        List<Panel> panels = new ArrayList<>();
        Optional<String> title = fields.text("title");
        fields.groups("panels").forEach(panel -> PanelReader.read(panel).ifPresent(panels::add));
        fields.close();
        return new Dashboard(key, title, controls, panels);
    }

    private static Optional<Control> control(String key, Fields fields) {
        Optional<ControlKind> kind =
                fields.oneOf("type", ControlKind::of, StoreReader.labels(ControlKind.values(), ControlKind::label));
        if (kind.isEmpty()) {
            if (!fields.has("type")) {
                fields.error(ProblemCode.MISSING_KEY, "", "type is missing", "");
            }
            return Optional.of(new Control.Text(key, Optional.empty(), Optional.empty()));
        }
        Optional<String> title = fields.text("title");
        Control control = switch (kind.get()) {
            case TIME_RANGE ->
                new Control.TimeRange(
                        key, title, fields.need("default", fields.duration("default"), Duration.ofDays(1)));
            case SELECT -> select(key, title, fields);
            case NUMBER ->
                new Control.Number(
                        key,
                        title,
                        fields.need("default", fields.number("default"), BigDecimal.ZERO)
                                .doubleValue(),
                        fields.number("min").map(BigDecimal::doubleValue),
                        fields.number("max").map(BigDecimal::doubleValue));
            case TEXT -> new Control.Text(key, title, fields.anyScalar("default"));
            case TOGGLE -> new Control.Toggle(key, title, fields.flag("default", false));
        };
        fields.close();
        return Optional.of(control);
    }

    private static Control select(String key, Optional<String> title, Fields fields) {
        Optional<String> first = fields.anyScalar("default");
        Optional<Node> options = fields.node("options");
        if (options.isPresent() && options.get() instanceof Items items) {
            List<String> values = new ArrayList<>();
            for (Node item : items.items()) {
                if (item instanceof Scalar scalar && scalar.value() != null) {
                    values.add(scalar.text());
                } else {
                    fields.badValue("options", "options: a list holds single values", "");
                }
            }
            return new Control.Select(key, title, Optional.empty(), values, first);
        }
        Ref metric = fields.needRef("options", RefKind.METRIC);
        return new Control.Select(key, title, Optional.of(metric), List.of(), first);
    }
}
