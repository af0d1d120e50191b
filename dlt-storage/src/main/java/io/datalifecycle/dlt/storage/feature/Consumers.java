package io.datalifecycle.dlt.storage.feature;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.datalifecycle.dlt.lineage.Lineage;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Template;
import java.util.List;

/** Who takes in changes of a store. A lineage is worked out once per template object, not once per write. Thread-safe. */
public final class Consumers {

    /** Weak keys are compared by identity: hashing a template costs as much as the lineage saves. */
    private final LoadingCache<Template, Lineage> lineages =
            Caffeine.newBuilder().weakKeys().maximumSize(1_000).build(Lineage::of);

    /** Names of the featurestores over a store and of the models that score it. */
    public List<String> of(Template template, Ref store) {
        return lineages.get(template).consumersOf(store);
    }
}
