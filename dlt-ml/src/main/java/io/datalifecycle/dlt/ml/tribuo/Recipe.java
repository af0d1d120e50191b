package io.datalifecycle.dlt.ml.tribuo;

import io.datalifecycle.dlt.ml.input.Options;
import io.datalifecycle.dlt.spi.ModelTrainer.TrainingSet;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;
import org.tribuo.regression.sgd.linear.LinearSGDTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/**
 * Options of an algorithm, checked, and the library's trainer they make. Immutable.
 *
 * @param trees in a forest
 * @param maxDepth of a tree
 * @param minRows a leaf stands for, at least
 * @param featureShare of a split in a forest
 * @param epochs passes over the rows of a linear model
 * @param learningRate of a linear model
 * @param seed for everything random
 */
record Recipe(int trees, int maxDepth, int minRows, float featureShare, int epochs, double learningRate, long seed) {

    private static final int QUIET = Integer.MAX_VALUE;

    static Recipe of(TrainingSet set, Algorithm algorithm) {
        Options options = new Options(set.algorithm(), set.options());
        int features = set.features().size();
        boolean forest = isForest(algorithm);
        int trees = forest ? options.integer("trees", 50, 2, 500) : 1;
        boolean tree = !isLinear(algorithm);
        int depth = tree ? options.integer("max_depth", forest ? 14 : 8, 1, 30) : 0;
        int leaf = tree ? options.integer("min_rows", 5, 1, 100_000) : 0;
        double usual = algorithm.isClassification() ? Math.sqrt(features) / features : 0.5;
        double share = forest ? options.decimal("feature_share", usual, 0.01, 1) : 1;
        // about five million steps, whatever the number of rows
        int passes =
                Math.max(5, Math.min(100, 5_000_000 / Math.max(1, set.rows().size())));
        int epochs = tree ? 0 : options.integer("epochs", passes, 1, 10_000);
        double rate = tree ? 0 : options.decimal("learning_rate", 0.1, 1e-6, 10);
        options.finish();
        float cut = (float) Math.min(0.999, Math.max(share, 1.0 / features)); // the library refuses all of them
        return new Recipe(trees, depth, leaf, cut, epochs, rate, set.seed());
    }

    static boolean isLinear(Algorithm algorithm) {
        return algorithm == Algorithm.LINEAR_REGRESSION || algorithm == Algorithm.LOGISTIC_REGRESSION;
    }

    private static boolean isForest(Algorithm algorithm) {
        return algorithm == Algorithm.RANDOM_FOREST_REGRESSION || algorithm == Algorithm.RANDOM_FOREST_CLASSIFICATION;
    }

    Trainer<Regressor> regression(Algorithm algorithm) {
        return switch (algorithm) {
            case LINEAR_REGRESSION ->
                new LinearSGDTrainer(new SquaredLoss(), new AdaGrad(learningRate), epochs, QUIET, seed);
            case RANDOM_FOREST_REGRESSION ->
                new RandomForestTrainer<>(regressionTree(featureShare), new AveragingCombiner(), trees, seed);
            default -> regressionTree(1);
        };
    }

    private CARTRegressionTrainer regressionTree(float share) {
        return new CARTRegressionTrainer(maxDepth, minRows, 0, share, false, new MeanSquaredError(), seed);
    }

    Trainer<Label> classification(Algorithm algorithm) {
        return switch (algorithm) {
            case LOGISTIC_REGRESSION ->
                new org.tribuo.classification.sgd.linear.LinearSGDTrainer(
                        new LogMulticlass(), new AdaGrad(learningRate), epochs, QUIET, seed);
            case RANDOM_FOREST_CLASSIFICATION ->
                new RandomForestTrainer<>(classificationTree(featureShare), new VotingCombiner(), trees, seed);
            default -> classificationTree(1);
        };
    }

    private CARTClassificationTrainer classificationTree(float share) {
        return new CARTClassificationTrainer(maxDepth, minRows, 0, share, false, new GiniIndex(), seed);
    }
}
