package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.sql.SqlReference;
import io.datalifecycle.dlt.sql.SqlSyntaxException;
import io.datalifecycle.dlt.sql.SqlText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the items of a template other keys, and lets everything that names them follow. Parameters keep their keys: they are the
 * workspace's. Immutable.
 */
final class Prefix {

    private final String text;
    private final Template template;

    private Prefix(String text, Template template) {
        this.text = text;
        this.template = template;
    }

    /** The same template with a text before each key of an item; names that lead nowhere stay as they are. */
    static Template of(String text, Template template) {
        return text.isEmpty() ? template : new Prefix(text, template).renamed();
    }

    private Template renamed() {
        PrefixedPanels panels = new PrefixedPanels(this);
        return new Template(
                template.key(),
                template.version(),
                template.title(),
                template.description(),
                template.timezone(),
                template.parameters(),
                template.datastores().stream().map(this::datastore).toList(),
                template.connectors().stream().map(this::connector).toList(),
                template.featurestores().stream().map(this::featurestore).toList(),
                template.models().stream().map(this::model).toList(),
                template.inferencestores().stream().map(this::inferencestore).toList(),
                template.metrics().stream().map(this::metric).toList(),
                template.dashboards().stream().map(panels::dashboard).toList(),
                template.alerts().stream().map(this::alert).toList(),
                template.reports().stream().map(this::report).toList(),
                template.channels().stream()
                        .map(c -> new Channel(text + c.key(), c.type(), c.options()))
                        .toList(),
                renames());
    }

    /** The key that an item of the template gets. */
    String key(ItemKind kind, String key) {
        return kind != ItemKind.PARAMETER && template.keys(kind).contains(key) ? text + key : key;
    }

    List<String> keys(ItemKind kind, List<String> keys) {
        return keys.stream().map(key -> key(kind, key)).toList();
    }

    Ref ref(Ref ref) {
        return new Ref(ref.kind(), key(ItemName.of(ref).kind(), ref.key()));
    }

    /** What cannot be read stays as it is: the checker tells about it. */
    String sql(String sql) {
        List<SqlReference> references;
        try {
            references = SqlText.parse(sql).references();
        } catch (SqlSyntaxException e) {
            return sql;
        }
        StringBuilder changed = new StringBuilder(sql);
        for (int i = references.size() - 1; i >= 0; i--) {
            SqlReference reference = references.get(i);
            int start = reference.offset() + reference.kind().length() + 1;
            ItemKind.of(reference.kind())
                    .ifPresent(kind ->
                            changed.replace(start, start + reference.key().length(), key(kind, reference.key())));
        }
        return changed.toString();
    }

    private Datastore datastore(Datastore d) {
        return new Datastore(
                text + d.key(),
                d.title(),
                d.time(),
                d.naturalKey(),
                d.duplicates(),
                d.schema(),
                d.onInvalid(),
                d.accept(),
                d.chunk(),
                d.retention(),
                d.rate(),
                d.compressAfter(),
                d.quarantineKeep(),
                d.validTo());
    }

    private Connector connector(Connector c) {
        return new Connector(
                text + c.key(),
                c.type(),
                ref(c.into()),
                c.map(),
                c.units(),
                c.constants(),
                c.explode(),
                c.every(),
                c.options());
    }

    private Featurestore featurestore(Featurestore f) {
        return new Featurestore(
                text + f.key(),
                f.title(),
                transform(f.transform()),
                f.refresh(),
                f.chunk(),
                f.retention(),
                f.realtime(),
                f.history(),
                f.checks().stream()
                        .map(check ->
                                check instanceof Check.Sql s ? new Check.Sql(s.key(), sql(s.sql()), s.onFail()) : check)
                        .toList());
    }

    private Transform transform(Transform transform) {
        if (transform instanceof Rollup r) {
            return new Rollup(ref(r.from()), r.every(), r.by(), r.columns(), r.where(), r.hold(), r.timezone());
        }
        if (transform instanceof SqlTransform s) {
            return SqlTransform.of(sql(s.sql()), s.time(), s.by(), s.columns(), s.lookBack(), s.every());
        }
        if (transform instanceof AsOfJoin j) {
            List<AsOfJoin.Joined> joins = j.joins().stream()
                    .map(o -> new AsOfJoin.Joined(ref(o.from()), o.columns(), o.prefix(), o.within()))
                    .toList();
            return new AsOfJoin(ref(j.from()), j.time(), j.by(), j.columns(), joins);
        }
        Formula f = (Formula) transform;
        return new Formula(ref(f.from()), f.time(), f.by(), f.columns(), f.computed());
    }

    private Model model(Model m) {
        Model.Features features = m.features();
        Model.Scoring scoring = m.scoring();
        return new Model(
                text + m.key(),
                m.title(),
                m.kind(),
                m.algorithm(),
                new Model.Features(ref(features.from()), features.columns(), features.by()),
                m.target(),
                m.training(),
                new Model.Scoring(ref(scoring.into()), scoring.afterRefresh(), scoring.cron()),
                m.options());
    }

    private Inferencestore inferencestore(Inferencestore i) {
        return new Inferencestore(
                text + i.key(), i.title(), i.time(), i.naturalKey(), i.columns(), i.chunk(), i.retention());
    }

    private Metric metric(Metric m) {
        return new Metric(text + m.key(), m.title(), m.description(), source(m.source()), m.inputs(), m.result());
    }

    private MetricSource source(MetricSource source) {
        if (source instanceof MetricSource.Sql s) {
            return new MetricSource.Sql(sql(s.sql()));
        }
        if (source instanceof MetricSource.Latest l) {
            return new MetricSource.Latest(ref(l.from()), l.column(), l.by());
        }
        if (source instanceof MetricSource.Checks c) {
            return new MetricSource.Checks(ref(c.of()));
        }
        MetricSource.Expression e = (MetricSource.Expression) source;
        Map<String, Ref> of = new LinkedHashMap<>();
        e.of().forEach((variable, metric) -> of.put(variable, ref(metric)));
        return new MetricSource.Expression(of, e.compute());
    }

    private Alert alert(Alert a) {
        return new Alert(
                text + a.key(),
                a.title(),
                ref(a.metric()),
                a.with(),
                a.by(),
                a.raise(),
                a.clear(),
                a.pendingFor(),
                a.keepFiring(),
                a.noDataAfter(),
                a.severity(),
                a.every(),
                keys(ItemKind.CHANNEL, a.sendTo()));
    }

    private Report report(Report r) {
        return new Report(
                text + r.key(),
                r.title(),
                ref(r.dashboard()),
                r.cron(),
                r.timezone(),
                r.range(),
                r.controls(),
                r.formats(),
                keys(ItemKind.CHANNEL, r.sendTo()));
    }

    /** What was included under a prefix before was called by the old key with that prefix. */
    private Renames renames() {
        Map<String, String> items = new LinkedHashMap<>();
        template.renames().items().forEach((name, from) -> {
            Optional<ItemName> item = ItemName.parse(name);
            if (item.filter(i -> i.kind() != ItemKind.PARAMETER).isPresent()) {
                items.put(new ItemName(item.get().kind(), text + item.get().key()).toString(), text + from);
            } else {
                items.put(name, from);
            }
        });
        Map<Ref, Map<String, String>> columns = new LinkedHashMap<>();
        template.renames().columns().forEach((store, names) -> columns.put(ref(store), names));
        return new Renames(items, columns);
    }
}
