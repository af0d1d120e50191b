package io.datalifecycle.dlt.ml;

import io.datalifecycle.dlt.ml.forest.ForestFormat;
import io.datalifecycle.dlt.ml.forest.ForestTrainer;
import io.datalifecycle.dlt.ml.tribuo.TribuoFormat;
import io.datalifecycle.dlt.ml.tribuo.TribuoTrainer;
import io.datalifecycle.dlt.spi.Contributions;
import io.datalifecycle.dlt.spi.DltPlugin;

/**
 * Adds the algorithms of this jar: {@code random-cut-forest} for anomalies; {@code cart-regression}, {@code linear-regression} and
 * {@code random-forest-regression}; {@code cart-classification}, {@code logistic-regression} and {@code
 * random-forest-classification}. Stateless, thread-safe.
 */
public final class MlPlugin implements DltPlugin {

    @Override
    public String name() {
        return "dlt-ml";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.trainer(new ForestTrainer());
        contributions.format(new ForestFormat());
        contributions.trainer(new TribuoTrainer());
        contributions.format(new TribuoFormat());
    }
}
