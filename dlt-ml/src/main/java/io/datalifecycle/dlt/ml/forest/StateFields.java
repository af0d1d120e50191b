package io.datalifecycle.dlt.ml.forest;

import com.amazon.randomcutforest.state.ExecutionContext;
import com.amazon.randomcutforest.state.RandomCutForestState;
import com.amazon.randomcutforest.state.sampler.CompactSamplerState;
import com.amazon.randomcutforest.state.store.NodeStoreState;
import com.amazon.randomcutforest.state.store.PointStoreState;
import com.amazon.randomcutforest.state.tree.CompactRandomCutTreeState;
import io.datalifecycle.dlt.ml.codec.Cursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The fields of the library's state objects, listed once for both directions. */
@SuppressWarnings("NullAway") // the library's state objects hold nulls where they have nothing
final class StateFields {

    private StateFields() {}

    static void forest(Cursor c, RandomCutForestState s) throws IOException {
        s.setVersion(c.text(s.getVersion()));
        s.setTotalUpdates(c.big(s.getTotalUpdates()));
        s.setTimeDecay(c.real(s.getTimeDecay()));
        s.setNumberOfTrees(c.integer(s.getNumberOfTrees()));
        s.setSampleSize(c.integer(s.getSampleSize()));
        s.setShingleSize(c.integer(s.getShingleSize()));
        s.setDimensions(c.integer(s.getDimensions()));
        s.setOutputAfter(c.integer(s.getOutputAfter()));
        s.setCompressed(c.flag(s.isCompressed()));
        s.setPartialTreeState(c.flag(s.isPartialTreeState()));
        s.setBoundingBoxCacheFraction(c.real(s.getBoundingBoxCacheFraction()));
        s.setStoreSequenceIndexesEnabled(c.flag(s.isStoreSequenceIndexesEnabled()));
        s.setCompact(c.flag(s.isCompact()));
        s.setInternalShinglingEnabled(c.flag(s.isInternalShinglingEnabled()));
        s.setCenterOfMassEnabled(c.flag(s.isCenterOfMassEnabled()));
        s.setPrecision(c.text(s.getPrecision()));
        s.setSaveTreeStateEnabled(c.flag(s.isSaveTreeStateEnabled()));
        s.setSaveSamplerStateEnabled(c.flag(s.isSaveSamplerStateEnabled()));
        s.setSaveCoordinatorStateEnabled(c.flag(s.isSaveCoordinatorStateEnabled()));
        s.setCurrentlySampling(c.flag(s.isCurrentlySampling()));
        if (c.isReading()) {
            s.setPointStoreState(new PointStoreState());
            s.setExecutionContext(new ExecutionContext());
            s.setCompactSamplerStates(fresh(c.length(0), CompactSamplerState::new));
            s.setCompactRandomCutTreeStates(fresh(c.length(0), CompactRandomCutTreeState::new));
        } else {
            c.length(s.getCompactSamplerStates().size());
            c.length(s.getCompactRandomCutTreeStates().size());
        }
        points(c, s.getPointStoreState());
        context(c, s.getExecutionContext());
        for (CompactSamplerState sampler : s.getCompactSamplerStates()) {
            sampler(c, sampler);
        }
        for (CompactRandomCutTreeState tree : s.getCompactRandomCutTreeStates()) {
            tree(c, tree);
        }
    }

    static void points(Cursor c, PointStoreState s) throws IOException {
        s.setVersion(c.text(s.getVersion()));
        s.setDimensions(c.integer(s.getDimensions()));
        s.setCapacity(c.integer(s.getCapacity()));
        s.setShingleSize(c.integer(s.getShingleSize()));
        s.setPrecision(c.text(s.getPrecision()));
        s.setStartOfFreeSegment(c.integer(s.getStartOfFreeSegment()));
        s.setPointData(c.bytes(s.getPointData()));
        s.setCompressed(c.flag(s.isCompressed()));
        s.setRefCount(c.integers(s.getRefCount()));
        s.setDirectLocationMap(c.flag(s.isDirectLocationMap()));
        s.setLocationList(c.integers(s.getLocationList()));
        s.setReverseLocationList(c.integers(s.getReverseLocationList()));
        s.setReverseAvailable(c.flag(s.isReverseAvailable()));
        s.setInternalShinglingEnabled(c.flag(s.isInternalShinglingEnabled()));
        s.setInternalShingle(c.reals(s.getInternalShingle()));
        s.setLastTimeStamp(c.big(s.getLastTimeStamp()));
        s.setRotationEnabled(c.flag(s.isRotationEnabled()));
        s.setDynamicResizingEnabled(c.flag(s.isDynamicResizingEnabled()));
        s.setCurrentStoreCapacity(c.integer(s.getCurrentStoreCapacity()));
        s.setIndexCapacity(c.integer(s.getIndexCapacity()));
        s.setDuplicateRefs(c.integers(s.getDuplicateRefs()));
    }

    static void sampler(Cursor c, CompactSamplerState s) throws IOException {
        s.setVersion(c.text(s.getVersion()));
        s.setWeight(c.singles(s.getWeight()));
        s.setPointIndex(c.integers(s.getPointIndex()));
        s.setStoreSequenceIndicesEnabled(c.flag(s.isStoreSequenceIndicesEnabled()));
        s.setSequenceIndex(c.bigs(s.getSequenceIndex()));
        s.setSize(c.integer(s.getSize()));
        s.setCapacity(c.integer(s.getCapacity()));
        s.setInitialAcceptFraction(c.real(s.getInitialAcceptFraction()));
        s.setTimeDecay(c.real(s.getTimeDecay()));
        s.setSequenceIndexOfMostRecentTimeDecayUpdate(c.big(s.getSequenceIndexOfMostRecentTimeDecayUpdate()));
        s.setMaxSequenceIndex(c.big(s.getMaxSequenceIndex()));
        s.setCompressed(c.flag(s.isCompressed()));
        s.setRandomSeed(c.big(s.getRandomSeed()));
    }

    static void tree(Cursor c, CompactRandomCutTreeState s) throws IOException {
        s.setVersion(c.text(s.getVersion()));
        s.setRoot(c.integer(s.getRoot()));
        s.setMaxSize(c.integer(s.getMaxSize()));
        s.setOutputAfter(c.integer(s.getOutputAfter()));
        s.setStoreSequenceIndexesEnabled(c.flag(s.isStoreSequenceIndexesEnabled()));
        s.setCenterOfMassEnabled(c.flag(s.isCenterOfMassEnabled()));
        s.setBoundingBoxCacheFraction(c.real(s.getBoundingBoxCacheFraction()));
        s.setPartialTreeState(c.flag(s.isPartialTreeState()));
        s.setSeed(c.big(s.getSeed()));
        s.setId(c.integer(s.getId()));
        s.setDimensions(c.integer(s.getDimensions()));
        s.setStaticSeed(c.big(s.getStaticSeed()));
        s.setWeight(c.single(s.getWeight()));
        s.setAuxiliaryData(c.bytes(s.getAuxiliaryData()));
        s.setHasAuxiliaryData(c.flag(s.isHasAuxiliaryData()));
        if (c.isReading()) {
            s.setNodeStoreState(new NodeStoreState());
        }
        nodes(c, s.getNodeStoreState());
    }

    static void nodes(Cursor c, NodeStoreState s) throws IOException {
        s.setVersion(c.text(s.getVersion()));
        s.setCapacity(c.integer(s.getCapacity()));
        s.setCompressed(c.flag(s.isCompressed()));
        s.setCutDimension(c.integers(s.getCutDimension()));
        s.setCutValueData(c.bytes(s.getCutValueData()));
        s.setPrecision(c.text(s.getPrecision()));
        s.setRoot(c.integer(s.getRoot()));
        s.setCanonicalAndNotALeaf(c.flag(s.isCanonicalAndNotALeaf()));
        s.setSize(c.integer(s.getSize()));
        s.setLeftIndex(c.integers(s.getLeftIndex()));
        s.setRightIndex(c.integers(s.getRightIndex()));
        s.setNodeFreeIndexes(c.integers(s.getNodeFreeIndexes()));
        s.setNodeFreeIndexPointer(c.integer(s.getNodeFreeIndexPointer()));
        s.setLeafFreeIndexes(c.integers(s.getLeafFreeIndexes()));
        s.setLeafFreeIndexPointer(c.integer(s.getLeafFreeIndexPointer()));
        s.setPartialTreeStateEnabled(c.flag(s.isPartialTreeStateEnabled()));
        s.setLeafMass(c.integers(s.getLeafMass()));
        s.setLeafPointIndex(c.integers(s.getLeafPointIndex()));
    }

    static void context(Cursor c, ExecutionContext s) throws IOException {
        s.setParallelExecutionEnabled(c.flag(s.isParallelExecutionEnabled()));
        s.setThreadPoolSize(c.integer(s.getThreadPoolSize()));
        s.setMode(c.text(s.getMode()));
    }

    private static <T> List<T> fresh(int count, Supplier<T> make) throws IOException {
        if (count < 0 || count > ForestOptions.MOST_TREES) {
            throw new IOException(count + " trees are not possible");
        }
        List<T> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(make.get());
        }
        return list;
    }
}
