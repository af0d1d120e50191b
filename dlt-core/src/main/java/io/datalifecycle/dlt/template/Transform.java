package io.datalifecycle.dlt.template;

import java.util.List;

/** How the rows of a featurestore come about. */
public sealed interface Transform permits Rollup, SqlTransform, AsOfJoin, Formula {

    TransformKind kind();

    /** Stores it reads, the driving one first. */
    List<Ref> sources();

    /** Name of the time column of its rows. */
    String time();

    /** Columns that make a row unique together with the time. */
    List<String> by();
}
