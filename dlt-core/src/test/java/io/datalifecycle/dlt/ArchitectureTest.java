package io.datalifecycle.dlt;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.datalifecycle.dlt.architecture.Borders;
import io.datalifecycle.dlt.architecture.HouseRules;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules of the house, and the map of core: which package may import which. */
@AnalyzeClasses(packages = "io.datalifecycle.dlt", importOptions = ArchitectureTest.OnlyCore.class)
class ArchitectureTest {

    /** Each package with all that it may import. {@code x.internal} may what {@code x} may, and {@code x} itself, unless it has a line. */
    private static final Map<String, Set<String>> ARROWS = arrows("""
            meta        :
            problem     : meta
            time        : meta problem
            expression  : meta problem time
            sql         : meta problem
            row         : meta problem time
            ingest      : meta problem row
            template    : meta problem time row sql
            view        : meta time row
            language    : meta problem time row template
            lineage     : meta template sql
            workspace   : meta problem time template language
            spi         : meta problem time row template view sql workspace ingest
            check       : meta problem time row template sql expression language lineage
            proposal    : meta problem time row row.internal ingest template
            plan        : meta problem time row template lineage workspace spi
            ingest.internal : meta problem time row row.internal template expression workspace spi ingest
            connector   : meta problem time row template expression workspace spi ingest
            feature     : meta problem time row template expression sql lineage workspace spi
            metric      : meta problem time row template expression sql workspace spi
            model       : meta problem time row template workspace spi feature
            training    : meta problem time row template ingest
            training.internal : meta problem time row template workspace spi ingest feature ingest.internal training
            transfer    : meta problem time template workspace spi
            alert       : meta problem time row template expression workspace spi metric
            fleet       : meta problem time row template workspace spi plan alert
            dashboard   : meta problem time row template view workspace spi metric alert
            report      : meta problem time template view workspace spi dashboard
            health      : meta problem time template workspace spi connector
            delivery    : meta problem time row template expression view workspace spi alert report dashboard
            schedule    : meta problem time template workspace spi plan ingest connector feature metric model alert dashboard report delivery plan.internal ingest.internal connector.internal feature.internal metric.internal model.internal alert.internal dashboard.internal report.internal delivery.internal
            """);

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule packagesFollowTheMap = Borders.followArrows("io.datalifecycle.dlt", ARROWS);

    @ArchTest
    static final ArchRule coreKnowsNoDatabaseAndNoOtherModule = Borders.importNothingOf(
            "core runs without a database and without the other modules; say what is needed as an interface in spi and"
                    + " implement it there",
            "java.sql..",
            "javax.sql..",
            "org.jdbi..",
            "org.postgresql..",
            "io.datalifecycle.dlt.storage..",
            "io.datalifecycle.dlt.ml..",
            "io.datalifecycle.dlt.notify..",
            "io.datalifecycle.dlt.spring..",
            "io.datalifecycle.dlt.test..",
            "io.datalifecycle.dlt.testdb..");

    @ArchTest
    static final ArchRule signaturesShowOnlyTheJdkAndDlt = Borders.showOnly(
            "io.datalifecycle.dlt..",
            "java.io.",
            "java.lang.",
            "java.math.",
            "java.net.",
            "java.nio.",
            "java.time.",
            "java.util.",
            "io.datalifecycle.dlt.");

    @ArchTest
    static void sourcesLieInOurOwnPackage(JavaClasses classes) throws IOException {
        Borders.ownPackages(
                "io.datalifecycle.dlt", "architecture", "ml", "notify", "spring", "storage", "test", "testdb");
    }

    private static Map<String, Set<String>> arrows(String table) {
        return table.lines()
                .map(line -> line.split(":", 2))
                .collect(Collectors.toMap(
                        parts -> parts[0].trim(),
                        parts -> Set.of(parts[1].trim().split(" +"))));
    }

    /** Without the module that holds the rules, which shares the root of the package names. */
    static final class OnlyCore implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/io/datalifecycle/dlt/architecture/");
        }
    }
}
