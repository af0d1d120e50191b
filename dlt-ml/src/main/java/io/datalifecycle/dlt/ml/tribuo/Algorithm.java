package io.datalifecycle.dlt.ml.tribuo;

import io.datalifecycle.dlt.template.ModelKind;
import java.util.Locale;

/** The algorithms taken from Tribuo. */
enum Algorithm {
    CART_REGRESSION(ModelKind.REGRESSION),
    LINEAR_REGRESSION(ModelKind.REGRESSION),
    RANDOM_FOREST_REGRESSION(ModelKind.REGRESSION),
    CART_CLASSIFICATION(ModelKind.CLASSIFICATION),
    LOGISTIC_REGRESSION(ModelKind.CLASSIFICATION),
    RANDOM_FOREST_CLASSIFICATION(ModelKind.CLASSIFICATION);

    private final ModelKind kind;

    Algorithm(ModelKind kind) {
        this.kind = kind;
    }

    ModelKind kind() {
        return kind;
    }

    boolean isClassification() {
        return kind == ModelKind.CLASSIFICATION;
    }

    /** As templates write it: {@code cart-regression}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Algorithm of(String label) {
        for (Algorithm algorithm : values()) {
            if (algorithm.label().equals(label)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("algorithm: " + label + " is not one of Tribuo's");
    }
}
