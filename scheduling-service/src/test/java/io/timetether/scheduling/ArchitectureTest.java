package io.timetether.scheduling;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.inject.Inject;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house, for this service. */
class ArchitectureTest {

    private static final String ROOT = "io.timetether.scheduling";

    /** Each room, and the rooms that it may use. A room that is not in this table fails. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry("", Set.of()),
            Map.entry("time", Set.of()),
            Map.entry("database", Set.of()),
            Map.entry("http", Set.of("database")),
            Map.entry("number", Set.of("database")),
            Map.entry("changes", Set.of("database", "http")),
            Map.entry("organisation", Set.of("database", "http", "changes", "audit")),
            Map.entry("person", Set.of("database", "http", "staff", "audit")),
            Map.entry("machine", Set.of("database", "http", "audit")),
            Map.entry("timeoff", Set.of("database", "http", "changes", "number", "audit")),
            Map.entry("audit", Set.of("database", "http")),
            Map.entry("directory", Set.of("http", "changes", "audit")),
            Map.entry(
                    "staff",
                    Set.of("database", "http", "directory", "changes", "time", "organisation", "timeoff", "audit")),
            Map.entry("location", Set.of("http", "directory")),
            Map.entry("client", Set.of("database", "http", "directory", "changes", "audit")),
            Map.entry("service", Set.of("database", "http", "directory", "location", "staff")),
            Map.entry("availability", Set.of("database", "http", "time", "staff", "service")),
            Map.entry(
                    "appointment",
                    Set.of(
                            "database",
                            "http",
                            "time",
                            "number",
                            "changes",
                            "client",
                            "message",
                            "staff",
                            "service",
                            "availability")),
            Map.entry("managementlink", Set.of("database")),
            Map.entry("message", Set.of("database", "http", "managementlink")),
            Map.entry(
                    "publicbooking",
                    Set.of(
                            "database",
                            "http",
                            "organisation",
                            "staff",
                            "service",
                            "availability",
                            "appointment",
                            "managementlink")),
            Map.entry("calendar", Set.of("database", "http")));

    /** Types that decide: nothing but the JDK, and each other. */
    private static final List<String> PURE = List.of(
            "time.Intervals",
            "staff.WeeklyHours",
            "staff.Timetable",
            "availability.AvailabilityCalculator",
            "availability.SlotTable",
            "availability.SlotsJson",
            "availability.FullDays",
            "availability.BusyTime",
            "availability.FeedFreshness",
            "availability.StaffFacts",
            "appointment.BookingPolicy",
            "appointment.Candidates",
            "appointment.AppointmentStatus",
            "appointment.Changed",
            "message.Letter",
            "message.MessageFacts",
            "message.MessageKind",
            "message.MessagePolicy",
            "message.MessageTemplate",
            "publicbooking.ClientAddress",
            "publicbooking.ManagementPolicy",
            "timeoff.Verdict",
            "timeoff.VerdictPlanner");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }

    @Test
    void aRoomUsesOnlyTheRoomsThatTheTableAllows() {
        Set<String> breaches = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            assertThat(ROOMS).as("the table knows every room").containsKey(room(type));
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                boolean ours = target.getPackageName().equals(ROOT)
                        || target.getPackageName().startsWith(ROOT + ".");
                if (ours
                        && !room(target).equals(room(type))
                        && !ROOMS.get(room(type)).contains(room(target))) {
                    breaches.add(type.getSimpleName() + " (" + room(type) + ") uses " + target.getSimpleName() + " ("
                            + room(target) + ")");
                }
            }
        }
        assertThat(breaches).isEmpty();
    }

    @Test
    void roomsFormNoCircle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** Otherwise an answer takes whatever form the caller accepts, written by whoever happens to know one. */
    @Test
    void everyResourceSaysInWhichFormItAnswers() {
        classes()
                .that()
                .areAnnotatedWith(jakarta.ws.rs.Path.class)
                .should()
                .beAnnotatedWith(Produces.class)
                .check(CLASSES);
    }

    @Test
    void timeComesFromTheClockAndNobodySleeps() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(ZoneId.class, "systemDefault")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(CLASSES);
    }

    @Test
    void pureTypesKnowNothingButTheJdkAndEachOther() {
        for (String pure : PURE) {
            assertThat(CLASSES.contain(ROOT + "." + pure)).as(pure).isTrue();
        }
        DescribedPredicate<JavaClass> impure = DescribedPredicate.describe("impure", type -> {
            String name = type.getBaseComponentType().getName();
            boolean jdk = type.getBaseComponentType().isPrimitive()
                    || name.startsWith("java.") && !name.startsWith("java.sql.");
            boolean pureToo = PURE.stream()
                    .anyMatch(pure -> name.equals(ROOT + "." + pure) || name.startsWith(ROOT + "." + pure + "$"));
            // Plain records of other rooms that carry facts.
            boolean fact = Stream.of("availability.SlotRules", "changes.Changes$Item", "appointment.Appointment")
                    .anyMatch(record -> name.equals(ROOT + "." + record) || name.startsWith(ROOT + "." + record + "$"));
            return !jdk && !pureToo && !fact && !name.startsWith("org.jspecify.");
        });
        classes()
                .that(DescribedPredicate.describe(
                        "pure",
                        type -> PURE.stream()
                                .anyMatch(pure -> type.getName().equals(ROOT + "." + pure)
                                        || type.getName().startsWith(ROOT + "." + pure + "$"))))
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(impure))
                .check(CLASSES);
    }

    @Test
    void onlyEntitiesAndRepositoriesTouchPersistence() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .or()
                .haveSimpleNameEndingWith("Policy")
                .or()
                .haveSimpleNameEndingWith("Planner")
                .or()
                .haveSimpleNameEndingWith("Calculator")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.hibernate..", "jakarta.persistence..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + ".database.Sql")
                .check(CLASSES);
    }

    @Test
    void dependenciesComeThroughConstructors() {
        fields().should().notBeAnnotatedWith(Inject.class).check(CLASSES);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Dto|Manager|Helper|Utils?|Processor)")
                .orShould()
                .haveNameMatching(".*\\.(Abstract|Base)\\w*")
                .check(CLASSES);
    }

    @Test
    void everyResourceAsksForASignInOrIsLimited() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .and()
                .resideOutsideOfPackage(ROOT + ".publicbooking")
                .should()
                .beAnnotatedWith("io.quarkus.security.Authenticated")
                .check(CLASSES);
        classes()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .and()
                .resideInAPackage(ROOT + ".publicbooking")
                .should()
                .beAnnotatedWith(ROOT + ".publicbooking.PublicDoor$Public")
                .check(CLASSES);
    }

    @Test
    void noFileIsLongerThan400Lines() throws IOException {
        Path sources = Path.of(System.getProperty("timetether.root"), "scheduling-service", "src");
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    assertThat(lines.count()).as(file.toString()).isLessThanOrEqualTo(400);
                }
            }
        }
    }
}
