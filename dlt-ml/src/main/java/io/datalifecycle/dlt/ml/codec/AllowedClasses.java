package io.datalifecycle.dlt.ml.codec;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes that models written by this jar name; each only holds numbers and text, none does anything when loaded. */
final class AllowedClasses {

    static final Set<String> NAMES = Stream.of(
                    in(
                            "com.oracle.labs.mlrg.olcut.provenance",
                            "impl.ConfiguredObjectProvenanceImpl",
                            "primitives.BooleanProvenance",
                            "primitives.CharProvenance",
                            "primitives.DateTimeProvenance",
                            "primitives.DoubleProvenance",
                            "primitives.FloatProvenance",
                            "primitives.IntProvenance",
                            "primitives.LongProvenance",
                            "primitives.StringProvenance"),
                    in(
                            "org.tribuo",
                            "CategoricalIDInfo",
                            "DataSource",
                            "ImmutableFeatureMap",
                            "MutableDataset",
                            "RealIDInfo",
                            "common.tree.LeafNode",
                            "common.tree.RandomForestTrainer",
                            "common.tree.SplitNode",
                            "common.tree.TreeModel",
                            "dataset.DatasetView",
                            "dataset.DatasetView$DatasetViewProvenance",
                            "ensemble.WeightedEnsembleModel",
                            "math.LinearParameters",
                            "math.la.DenseMatrix",
                            "math.la.DenseVector",
                            "math.optimisers.AdaGrad",
                            "math.util.ExpNormalizer",
                            "provenance.DatasetProvenance",
                            "provenance.EnsembleModelProvenance",
                            "provenance.ModelProvenance",
                            "provenance.SimpleDataSourceProvenance",
                            "provenance.impl.TrainerProvenanceImpl"),
                    in(
                            "org.tribuo.classification",
                            "ImmutableLabelInfo",
                            "Label",
                            "LabelFactory",
                            "LabelFactory$LabelFactoryProvenance",
                            "dtree.CARTClassificationTrainer",
                            "dtree.impurity.GiniIndex",
                            "ensemble.VotingCombiner",
                            "sgd.linear.LinearSGDModel",
                            "sgd.linear.LinearSGDTrainer",
                            "sgd.objectives.LogMulticlass"),
                    in(
                            "org.tribuo.regression",
                            "ImmutableRegressionInfo",
                            "RegressionFactory",
                            "RegressionFactory$RegressionFactoryProvenance",
                            "Regressor$DimensionTuple",
                            "ensemble.AveragingCombiner",
                            "rtree.CARTRegressionTrainer",
                            "rtree.IndependentRegressionTreeModel",
                            "rtree.impurity.MeanSquaredError",
                            "sgd.linear.LinearSGDModel",
                            "sgd.linear.LinearSGDTrainer",
                            "sgd.objectives.SquaredLoss"))
            .flatMap(names -> names)
            .collect(Collectors.toUnmodifiableSet());

    private AllowedClasses() {}

    private static Stream<String> in(String parent, String... names) {
        return Stream.of(names).map(name -> parent + "." + name);
    }
}
