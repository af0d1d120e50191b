package io.datalifecycle.dlt.proposal;

import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.DatastoreBuilder;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Makes the template of what a sample says: store, connector and roll-up; the {@link Views} are on top of them. */
final class Draft {

    /** More averages of a bucket than anybody looks at. */
    private static final int MOST_AVERAGES = 40;

    private static final Duration EARLY = Duration.ofDays(1);

    private final Findings findings;
    private final Reasons reasons;

    Draft(Findings findings, Reasons reasons) {
        this.findings = findings;
        this.reasons = reasons;
    }

    Template template() {
        return Template.define(findings.key(), "1.0.0", t -> {
            t.title("Proposed from " + findings.sample().name());
            t.timezone(findings.options().zone().getId());
            Datastore store = t.datastore(TemplateProposal.DATASTORE, this::store);
            connector(t, store);
            Featurestore rollup = rollup(t, store);
            new Views(findings, measures(), reasons).add(t, store, rollup);
        });
    }

    private void store(DatastoreBuilder store) {
        store.time(findings.timeColumn().column());
        List<String> key = new ArrayList<>(
                findings.identity().by().stream().map(Finding::column).toList());
        key.add(findings.timeColumn().column());
        if (findings.identity().unique()) {
            store.naturalKey(key.toArray(String[]::new));
        }
        for (Finding finding : findings.columns()) {
            store.field(
                    finding.column(), finding.field(finding == findings.timeColumn() || findings.isIdentity(finding)));
        }
        store.onInvalid(OnInvalid.QUARANTINE);
        reasons.add(Reasons.STORE + "/on_invalid", "quarantine: rows unlike the sample are kept to be looked at");
        accept(store);
        store.chunk(findings.pace().chunk());
        reasons.add(Reasons.STORE + "/chunk", Pace.text(findings.pace().chunk()) + ": " + pace());
    }

    private void accept(DatastoreBuilder store) {
        String at = Reasons.STORE + "/accept";
        Instant last = Collections.max(findings.time().instants());
        if (last.isAfter(findings.options().now().plus(EARLY))) {
            reasons.add(at, "any time: the sample reaches into the future, to " + last);
        } else {
            store.accept(a -> a.future(EARLY));
            reasons.add(at, "a day into the future, for clocks that are ahead; any age, so that history can come in");
        }
    }

    private String pace() {
        Duration interval = findings.pace().interval();
        return interval.isZero()
                ? "the sample does not show how often rows come"
                : "a row every " + Pace.text(interval);
    }

    private void connector(TemplateBuilder t, Datastore store) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Finding finding : findings.columns()) {
            String from = finding.mapping().orElseGet(() -> finding.source().mapping());
            if (!from.equals(finding.column())) {
                map.put(finding.column(), from);
            }
        }
        t.connector(TemplateProposal.CONNECTOR, c -> {
            c.push().into(store);
            map.forEach(c::map);
            if (findings.sample().csv() != null) {
                c.option("csv", csv(findings.sample().csv()));
            }
        });
        reasons.add(
                Reasons.INBOX,
                "push: the host hands rows over"
                        + (map.isEmpty()
                                ? "; fields have the names of columns"
                                : "; " + map.size() + " fields have other names or forms"));
    }

    private Map<String, Object> csv(Sample.Csv csv) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("delimiter", csv.delimiter() == '\t' ? "tab" : String.valueOf(csv.delimiter()));
        String at = Reasons.INBOX + "/csv";
        if (csv.decimalComma()) {
            options.put("decimal_comma", true);
            reasons.add(at + "/decimal_comma", "there are numbers such as 1,5");
        }
        options.put("zone", findings.options().zone().getId());
        if (findings.time().format().kind() == TimeFormat.Kind.LOCAL) {
            reasons.add(
                    at + "/zone",
                    "times say no offset, so they are read in "
                            + findings.options().zone());
        }
        if (!csv.nulls().isEmpty()) {
            options.put("null_texts", List.copyOf(csv.nulls()));
            reasons.add(at + "/null_texts", csv.nulls() + " stand between values of another type");
        }
        return options;
    }

    private Featurestore rollup(TemplateBuilder t, Datastore store) {
        Pace pace = findings.pace();
        String key = TemplateProposal.DATASTORE + "_" + pace.suffix();
        String at = "/featurestores/" + key;
        List<Finding> by = findings.identity().by();
        reasons.add(at + "/rollup/every", pace.width() + ": " + pace());
        if (!by.isEmpty()) {
            reasons.add(at + "/rollup/by", KeyFinder.names(by) + " says what a row is about");
        }
        return t.featurestore(
                key,
                f -> f.rollup(store, r -> {
                            r.every(pace.width());
                            if (!by.isEmpty()) {
                                r.by(by.stream().map(Finding::column).toArray(String[]::new));
                            }
                            measures().stream()
                                    .limit(MOST_AVERAGES)
                                    .forEach(m -> r.column(m.column() + "_avg", Aggregate.avg(m.column())));
                            r.column("samples", Aggregate.count());
                        })
                        .refresh(r -> r.cron(pace.cron()))
                        .chunk(pace.derivedChunk()));
    }

    /** Numbers that are worth a mean: those that change first. */
    private List<Finding> measures() {
        List<Finding> measures = new ArrayList<>();
        List<Finding> still = new ArrayList<>();
        for (Finding finding : findings.columns()) {
            if (finding.type().isNumeric() && !findings.isIdentity(finding) && !isRowNumber(finding)) {
                (finding.isConstant() ? still : measures).add(finding);
            }
        }
        measures.addAll(still);
        return measures;
    }

    /** Whether it counts the rows. */
    private static boolean isRowNumber(Finding finding) {
        int rows = finding.source().values().size();
        if (finding.type() != ColumnType.BIGINT || finding.distinct() != rows || rows < 3 || !finding.isComplete()) {
            return false;
        }
        long before = 0;
        List<JsonNode> values = finding.source().present();
        for (int row = 0; row < rows; row++) {
            long value = Long.parseLong(values.get(row).asString().strip());
            if (row > 0 && value != before + 1) {
                return false;
            }
            before = value;
        }
        return true;
    }
}
