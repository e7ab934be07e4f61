package io.timetether.localrun;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rooms of this module and who may use whom; a room that is not in the table fails. */
class ArchitectureTest {

    private static final String ROOT = "io.timetether.localrun";
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("", Set.of("demo", "files", "identity", "mail", "parts", "product", "settings")),
            entry("demo", Set.of("identity", "product", "settings")),
            entry("files", Set.of()),
            entry("identity", Set.of("files", "page")),
            entry("mail", Set.of("page")),
            entry("page", Set.of()),
            entry("parts", Set.of("files")),
            entry("postgres", Set.of("files")),
            entry("product", Set.of("identity", "mail", "parts", "postgres", "settings", "files")),
            entry("settings", Set.of("files")));

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void everyRoomUsesOnlyThoseItMay() {
        Set<String> violations = new TreeSet<>();
        for (JavaClass user : classes) {
            String room = room(user);
            assertThat(MAY_USE).as("the table of rooms").containsKey(room);
            user.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(used -> used.getPackageName().startsWith(ROOT)
                            && !room(used).equals(room))
                    .filter(used -> !MAY_USE.get(room).contains(room(used)))
                    .forEach(used -> violations.add(user.getName() + " uses " + used.getName()));
        }
        assertThat(violations).isEmpty();
        assertThat(classes.stream().map(ArchitectureTest::room).collect(Collectors.toSet()))
                .as("no room of the table is empty")
                .isEqualTo(MAY_USE.keySet());
    }

    @Test
    void roomsFormNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void timeComesFromAClock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(ZoneId.class, "systemDefault")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(classes);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Dto")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Processor")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .orShould()
                .haveSimpleNameStartingWith("Base")
                .check(classes);
    }

    private static String room(JavaClass type) {
        String below = type.getPackageName().substring(ROOT.length());
        return below.isEmpty() ? "" : below.substring(1).replaceFirst("\\..*", "");
    }
}
