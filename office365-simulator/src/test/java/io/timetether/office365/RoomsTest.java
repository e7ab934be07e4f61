package io.timetether.office365;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which room may use which; a room that is not in the table fails. */
class RoomsTest {

    private static final String ROOT = "io.timetether.office365";

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("store", Set.of()),
            Map.entry("zone", Set.of()),
            Map.entry("journal", Set.of()),
            Map.entry("fault", Set.of()),
            Map.entry("recurrence", Set.of()),
            Map.entry("mailbox", Set.of("store", "zone", "recurrence")),
            Map.entry("entra", Set.of("store", "mailbox", "fault")),
            Map.entry("notification", Set.of("store", "mailbox", "fault")),
            Map.entry("calendarfile", Set.of("mailbox", "zone")),
            Map.entry("graph", Set.of("mailbox", "zone", "recurrence", "entra", "notification", "fault")),
            Map.entry(
                    "control",
                    Set.of("mailbox", "zone", "entra", "calendarfile", "graph", "journal", "fault", "notification")),
            Map.entry("page", Set.of("mailbox", "recurrence", "zone", "calendarfile", "control")),
            Map.entry(
                    "",
                    Set.of(
                            "store",
                            "mailbox",
                            "entra",
                            "fault",
                            "notification",
                            "calendarfile",
                            "graph",
                            "control",
                            "page",
                            "journal")));

    private final JavaClasses all = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void roomsUseOnlyTheRoomsThatTheTableAllows() {
        for (JavaClass one : all) {
            String room = room(one);
            assertThat(MAY_USE).as("a room that the table does not know").containsKey(room);
            Set<String> used = new TreeSet<>();
            one.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .forEach(target -> used.add(room(target)));
            used.remove(room);
            assertThat(MAY_USE.get(room)).as(one.getName()).containsAll(used);
        }
    }

    @Test
    void nothingReadsTheMachinesClockOrSleeps() {
        for (Class<?> type :
                new Class<?>[] {Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class}) {
            noClasses().should().callMethod(type, "now").check(all);
        }
        noClasses().should().callMethod(ZoneId.class, "systemDefault").check(all);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(all);
    }

    @Test
    void onlyTheRoomsOnTheEdgeKnowTheWebServer() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".mailbox..",
                        ROOT + ".recurrence..",
                        ROOT + ".zone..",
                        ROOT + ".store..",
                        ROOT + ".calendarfile..",
                        ROOT + ".notification..",
                        ROOT + ".fault..",
                        ROOT + ".journal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.javalin..")
                .check(all);
    }

    @Test
    void aFileOfMoreThanFourHundredLinesIsTwoFiles() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(400);
            }
        }
    }

    private static String room(JavaClass one) {
        String below = one.getPackageName().substring(ROOT.length());
        return below.isEmpty() ? "" : below.substring(1).split("\\.")[0];
    }
}
