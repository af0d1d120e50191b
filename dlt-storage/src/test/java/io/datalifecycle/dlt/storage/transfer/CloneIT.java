package io.datalifecycle.dlt.storage.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.spi.ModelStore.Version;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.workspace.Revision;
import io.datalifecycle.dlt.workspace.WorkspaceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies of workspaces say what the original says, or what it said. */
class CloneIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant START = Instant.parse("2026-02-20T00:00:00Z");

    /** In the middle of an hour and of a day of Chicago. */
    private static final Instant CUT = Instant.parse("2026-02-23T18:40:00Z");

    private static final Instant END = Instant.parse("2026-02-26T03:10:00Z");

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aCloneSaysWhatTheOriginalSaysAndHasNothingToDo(Backend backend) {
        try (TransferHouse house = new TransferHouse(backend, END)) {
            Workspace north = house.provision("north");
            house.ingest(north, START, END);
            house.refresh(north);
            house.score(north, START, CUT);
            house.train(north, true, "one");
            house.train(north, false, "two");
            Workspace copy = house.dlt.workspaces().clone("north", "north-copy", c -> c.data());
            assertThat(house.everything(copy))
                    .isEqualTo(house.everything(north))
                    .hasSizeGreaterThan(600);
            assertThat(TransferHouse.metrics(copy)).isEqualTo(TransferHouse.metrics(north));
            assertThat(house.refresh(copy)).as("all is done already").isZero();
            assertThat(copy.state()).isEqualTo(WorkspaceState.ACTIVE);
            assertThat(copy.history()).extracting(Revision::reason).containsExactly("cloned from north", "provisioned");
            assertThat(house.storage.models().versions(house.context(copy), "odd"))
                    .isEqualTo(house.storage.models().versions(house.context(north), "odd"))
                    .hasSize(2);
            // from here on each goes its own way
            house.ingest(copy, END, END.plus(Duration.ofHours(2)));
            assertThat(house.refresh(copy)).isPositive();
            assertThat(house.refresh(north)).isZero();
            assertThat(house.count(north, "raw")).isLessThan(house.count(copy, "raw"));
            house.dlt.workspaces().delete("north");
            assertThat(TransferHouse.metrics(copy)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aCloneAsOfAnInstantSaysWhatTheOriginalSaidThen(Backend backend) {
        try (TransferHouse house = new TransferHouse(backend, CUT)) {
            Workspace north = house.provision("north");
            house.ingest(north, START, CUT);
            house.refresh(north);
            house.score(north, START, Instant.parse("2026-02-23T18:00:00Z"));
            house.now = CUT.minusSeconds(1);
            house.train(north, true, "one");
            house.now = CUT;
            List<String> then = TransferHouse.metrics(north);
            house.now = END;
            house.ingest(north, CUT, END);
            house.refresh(north);
            house.score(north, Instant.parse("2026-02-23T18:00:00Z"), END);
            house.train(north, true, "two");
            assertThat(TransferHouse.metrics(north)).isNotEqualTo(then);

            house.now = CUT;
            Workspace copy = house.dlt.workspaces().clone("north", "then", c -> c.asOf(CUT));
            house.refresh(copy);
            assertThat(TransferHouse.metrics(copy)).containsExactlyElementsOf(then);
            Optional<Version> champion = house.storage.models().champion(house.context(copy), "odd");
            assertThat(champion)
                    .hasValueSatisfying(version -> assertThat(version.number()).isEqualTo(1));
            assertThat(house.storage.models().versions(house.context(copy), "odd"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aCloneWithoutDataOrWithOtherSettings(Backend backend) {
        try (TransferHouse house = new TransferHouse(backend, END)) {
            Workspace north = house.provision("north");
            house.ingest(north, START, END);
            house.refresh(north);
            Workspace empty = house.dlt
                    .workspaces()
                    .clone("north", "empty", c -> c.withoutData().suspended());
            assertThat(house.count(empty, "raw")).isZero();
            assertThat(empty.zone()).isEqualTo(north.zone());
            assertThat(empty.state()).isEqualTo(WorkspaceState.SUSPENDED);

            Workspace other = house.dlt.workspaces().clone("north", "other", c -> c.param("limit", 100));
            assertThat(other.featurestore("hourly").refresh().intervals()).isEmpty();
            assertThat(other.featurestore("high").refresh().intervals())
                    .as("a formula follows its parameter")
                    .isNotEmpty();

            assertThatThrownBy(() -> house.dlt.workspaces().clone("north", "wrong", c -> c.param("limit", "x")))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("limit is no number");
            assertThat(house.dlt.workspaces().find("wrong")).isEmpty();
            assertThatThrownBy(() -> house.dlt.workspaces().clone("north", "empty", c -> c.data()))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("empty is there already");
            assertThat(house.dlt.workspaces().find("empty")).isPresent();
        }
    }
}
