package io.datalifecycle.dlt.spi;

/**
 * All that DLT keeps, behind one object. Thread-safe. Every method of every part is one transaction unless it says otherwise, and
 * throws {@link io.datalifecycle.dlt.problem.StoreUnavailableException} when the database is away.
 */
public interface Storage extends AutoCloseable {

    /** Brings DLT's own tables up to date (or checks them) and verifies the grants that are needed. Called once, before all else. */
    void open();

    /** Names of the data databases, at least one; the first is where workspaces go that name none. */
    java.util.List<String> placements();

    TemplateCatalog templates();

    WorkspaceCatalog workspaces();

    Provisioner provisioner();

    /** Takes the tables of workspaces from version to version. */
    Reshaper reshaper();

    UpgradeJournal upgrades();

    /** Upgrades of many workspaces. */
    FleetStore fleets();

    /** Removes workspaces for good. */
    Erasures erasures();

    /** Moves workspaces between data databases. */
    Relocation relocation();

    /** Takes workspaces to others and to archives. */
    Transfer transfer();

    RowSink rows();

    /** Changes rows of datastores. */
    RowCorrector corrections();

    Quarantine quarantine();

    StoreReader reader();

    /** Joins rows with what stores said at their time. */
    PointInTime pointInTime();

    FeatureWriter features();

    /** What was done to featurestores, and where they stand. */
    FeatureLedger featureLedger();

    /** What checks of featurestores found. */
    QualityLog quality();

    /** Evaluates SQL, latest and checks metrics; SQL under the workspace's isolation. */
    TransformEngine queries();

    ModelStore models();

    AlertStore alerts();

    Outbox outbox();

    JobQueue jobs();

    ConnectorLog connectors();

    /** Limits of workspaces. */
    QuotaStore quotas();

    /** Short questions of operators. */
    Vitals vitals();

    /** Whether the databases answer; never throws. Keys: a name for each database, values {@code up} or what is wrong. */
    java.util.Map<String, String> health();

    @Override
    void close();
}
