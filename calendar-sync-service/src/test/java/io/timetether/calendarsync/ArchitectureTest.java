package io.timetether.calendarsync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
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

    private static final String ROOT = "io.timetether.calendarsync";

    /** Each room, and the rooms that it may use. A room that is not in this table fails. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry("", Set.of()),
            Map.entry("plan", Set.of()),
            Map.entry("identity", Set.of()),
            Map.entry("graph", Set.of("plan", "identity", "graph.wire")),
            Map.entry("graph.wire", Set.of("graph", "plan")),
            Map.entry("database", Set.of()),
            Map.entry("jobs", Set.of("database")),
            Map.entry("scheduling", Set.of()),
            Map.entry("http", Set.of("database", "identity", "scheduling")),
            Map.entry("account", Set.of("database", "graph", "plan")),
            Map.entry("connection", Set.of("database", "account", "graph", "identity", "jobs", "scheduling", "http")),
            Map.entry(
                    "feed",
                    Set.of(
                            "database",
                            "connection",
                            "account",
                            "graph",
                            "identity",
                            "plan",
                            "jobs",
                            "scheduling",
                            "http")),
            Map.entry(
                    "publish",
                    Set.of("database", "feed", "connection", "account", "graph", "plan", "jobs", "scheduling", "http")),
            Map.entry(
                    "run",
                    Set.of(
                            "publish",
                            "feed",
                            "connection",
                            "account",
                            "graph",
                            "identity",
                            "plan",
                            "jobs",
                            "scheduling")),
            Map.entry("webhook", Set.of("feed", "connection", "account", "graph", "identity", "jobs")),
            Map.entry(
                    "authorization",
                    Set.of("feed", "connection", "account", "graph", "identity", "jobs", "scheduling", "http")),
            Map.entry(
                    "stopping",
                    Set.of(
                            "authorization",
                            "webhook",
                            "publish",
                            "feed",
                            "connection",
                            "account",
                            "graph",
                            "jobs",
                            "scheduling",
                            "http")),
            Map.entry("sharing", Set.of("stopping", "connection", "scheduling", "http")),
            Map.entry("rotation", Set.of("authorization", "feed", "http", "identity")),
            Map.entry("watching", Set.of("database", "account", "connection", "feed", "jobs")),
            Map.entry(
                    "housekeeping",
                    Set.of("database", "authorization", "feed", "connection", "graph", "http", "jobs")));

    /** Types that decide: no framework, no database, no log. The room plan is held to the JDK alone by CoreRoomsTest. */
    private static final List<String> PURE = List.of(
            "publish.WhatIsWritten",
            "publish.OutsideEditPolicy",
            "publish.Looks",
            "publish.EventTemplate",
            "publish.EventMark",
            "publish.EventLook",
            "webhook.NotificationParser",
            "authorization.ReturnPath");

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
    void pureTypesKnowNoFramework() {
        for (String pure : PURE) {
            assertThat(CLASSES.contain(ROOT + "." + pure)).as(pure).isTrue();
            noClasses()
                    .that()
                    .haveFullyQualifiedName(ROOT + "." + pure)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "jakarta..",
                            "org.jboss..",
                            "io.quarkus..",
                            "org.hibernate..",
                            "java.sql..",
                            "java.net.http..")
                    .check(CLASSES);
        }
    }

    /** Hibernate and SQL have their rooms' entities and plural repositories. */
    @Test
    void onlyEntitiesAndRepositoriesTouchPersistence() {
        noClasses()
                .that()
                .areNotAnnotatedWith(Entity.class)
                .and()
                .areNotAssignableTo(PanacheRepositoryBase.class)
                .and()
                .resideOutsideOfPackage(ROOT + ".database")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "io.quarkus.hibernate..")
                .check(CLASSES);
    }

    /** Whoever tells a story may only open the transaction around its repositories' statements. */
    @Test
    void resourcesAndDecidersTouchNoPersistence() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .or()
                .resideInAnyPackage(ROOT + ".plan..", ROOT + ".graph..", ROOT + ".identity..", ROOT + ".scheduling..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", ROOT + ".database..")
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

    /** Otherwise an answer takes whatever form the caller accepts. What Microsoft calls answers in plain words, or none. */
    @Test
    void everyResourceSaysInWhichFormItAnswers() {
        classes()
                .that()
                .areAnnotatedWith("jakarta.ws.rs.Path")
                .and()
                .doNotHaveSimpleName("WebhookResource")
                .should()
                .beAnnotatedWith("jakarta.ws.rs.Produces")
                .check(CLASSES);
    }

    @Test
    void everyResourceOfTheApiAsksForASignIn() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .and()
                .doNotHaveSimpleName("WebhookResource")
                .should()
                .beAnnotatedWith("io.quarkus.security.Authenticated")
                .check(CLASSES);
    }

    @Test
    void noFileIsLongerThan400Lines() throws IOException {
        Path sources = Path.of(System.getProperty("timetether.root"), "calendar-sync-service", "src", "main");
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
