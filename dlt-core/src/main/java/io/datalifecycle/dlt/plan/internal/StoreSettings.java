package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.plan.ChangeClass;
import io.datalifecycle.dlt.spi.TableChange;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.JsonSchema;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.time.Bucketing;
import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares what a store has beside its columns: how long it keeps rows, how it is cut, what it accepts. */
final class StoreSettings {

    private final Draft draft;
    private final Store then;
    private final Store now;

    StoreSettings(Draft draft, Store then, Store now) {
        this.draft = draft;
        this.then = then;
        this.now = now;
    }

    void find() {
        retention(retention(then), retention(now));
        if (!chunk(then).equals(chunk(now)) && !draft.rebuilt.contains(now.ref())) {
            draft.table(new TableChange.Rechunk(now.ref()));
            draft.changed(item(), ChangeClass.NONE, "cut into spans of " + chunk(now) + ", was " + chunk(then));
        }
        if (then instanceof Datastore a && now instanceof Datastore b) {
            validation(a, b);
        }
        if (then instanceof Featurestore a && now instanceof Featurestore b) {
            history(a, b);
        }
    }

    private void retention(Optional<TemporalAmount> before, Optional<TemporalAmount> after) {
        if (before.equals(after)) {
            return;
        }
        boolean shorter = after.isPresent()
                && (before.isEmpty() || Bucketing.longest(after.get()).compareTo(Bucketing.longest(before.get())) < 0);
        draft.changed(
                item(),
                shorter ? ChangeClass.DESTRUCTIVE : ChangeClass.NONE,
                "keeps rows for " + after.map(Object::toString).orElse("ever") + ", was "
                        + before.map(Object::toString).orElse("ever")
                        + (shorter ? "; maintenance will drop what is older, for good" : ""));
    }

    private static Optional<TemporalAmount> retention(Store store) {
        if (store instanceof Datastore datastore) {
            return datastore.retention();
        }
        return store instanceof Featurestore feature ? feature.retention() : ((Inferencestore) store).retention();
    }

    private static Duration chunk(Store store) {
        if (store instanceof Datastore datastore) {
            return datastore.chunk();
        }
        return store instanceof Featurestore feature ? feature.chunk() : ((Inferencestore) store).chunk();
    }

    private void validation(Datastore before, Datastore after) {
        List<String> tighter = Tightening.of(
                before.schema(),
                after.schema(),
                name -> draft.question.renaming().columnBefore(now.ref(), name));
        if (!tighter.isEmpty()) {
            draft.changed(
                    item(),
                    ChangeClass.NONE,
                    true,
                    "tighter: rows are refused that were accepted before: " + String.join("; ", tighter));
        } else if (!plain(before.schema()).equals(plain(after.schema()))
                || after.schema().properties().keySet().stream().anyMatch(name -> isOther(before, after, name))) {
            draft.changed(item(), ChangeClass.NONE, "validates rows in another way");
        }
        if (!before.accept().equals(after.accept())
                || before.onInvalid() != after.onInvalid()
                || !before.quarantineKeep().equals(after.quarantineKeep())) {
            draft.changed(item(), ChangeClass.NONE, "accepts or keeps refused rows in another way");
        }
    }

    /** Whether a property that both have says something else. */
    private boolean isOther(Datastore before, Datastore after, String name) {
        Object was = before.schema().properties().get(draft.question.renaming().columnBefore(now.ref(), name));
        Object is = after.schema().properties().get(name);
        return was instanceof Map<?, ?> a
                && is instanceof Map<?, ?> b
                && !withoutWords(a).equals(withoutWords(b));
    }

    private static Map<?, ?> withoutWords(Map<?, ?> property) {
        Map<Object, @Nullable Object> plain = new LinkedHashMap<>(property);
        List.of("title", "description", "unit", "examples").forEach(plain::remove);
        return plain;
    }

    /** What is left of a schema when the words for people and the names of properties are left out. */
    private static Map<String, @Nullable Object> plain(JsonSchema schema) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>(schema.keywords());
        plain.remove("properties");
        plain.remove("required");
        plain.remove("title");
        plain.remove("description");
        return plain;
    }

    private void history(Featurestore before, Featurestore after) {
        if (before.history().isPresent() != after.history().isPresent() && !draft.rebuilt.contains(now.ref())) {
            draft.table(new TableChange.KeepHistory(now.ref(), after.history().isPresent()));
            draft.changed(
                    item(),
                    after.history().isPresent() ? ChangeClass.ADDITIVE : ChangeClass.DESTRUCTIVE,
                    after.history().isPresent()
                            ? "keeps what rows were before they changed, from now on"
                            : "no longer keeps what rows were before they changed; what it kept is hidden");
        }
        if (!before.refresh().equals(after.refresh())) {
            draft.changed(item(), ChangeClass.NONE, "is refreshed by another schedule");
        }
        if (!before.checks().equals(after.checks())) {
            draft.changed(item(), ChangeClass.NONE, "is checked in another way");
        }
        if (before.realtime() != after.realtime()) {
            draft.changed(
                    item(),
                    ChangeClass.NONE,
                    after.realtime() ? "shows its newest buckets as they grow" : "shows only finished buckets");
        }
    }

    private String item() {
        return now.ref().toString();
    }
}
