package io.timetether.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the house rules: who may use whom, and what may be used where. */
class ArchitectureTest {

    private static final String ROOT = "io.timetether.gateway";

    /** Room → rooms that it may use. A room that is not here fails. */
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "configuration", Set.of(),
            "routes", Set.of(),
            "http", Set.of("configuration", "routes"),
            "identity", Set.of("configuration", "http", "routes"),
            "limits", Set.of("configuration", "http", "identity", "routes"),
            "proxy", Set.of("configuration", "http", "identity", "limits", "routes"),
            "webapp", Set.of("configuration", "http"),
            "openapi", Set.of("http", "routes", "webapp"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void usesOnlyTheRoomsOfTheTable() {
        Set<String> seen = new TreeSet<>();
        for (JavaClass one : CLASSES) {
            String from = room(one);
            if (from.isEmpty()) {
                continue;
            }
            seen.add(from);
            assertThat(MAY_USE).as("the room of " + one.getName()).containsKey(from);
            for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
                String to = room(dependency.getTargetClass());
                if (!to.isEmpty() && !to.equals(from)) {
                    assertThat(MAY_USE.get(from))
                            .as(dependency.getDescription())
                            .contains(to);
                }
            }
        }
        assertThat(seen).as("rooms with classes").isEqualTo(new TreeSet<>(MAY_USE.keySet()));
    }

    @Test
    void hasNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void takesTimeFromAClock() {
        for (Class<?> time : List.of(
                java.time.Instant.class,
                java.time.LocalDate.class,
                java.time.LocalDateTime.class,
                java.time.OffsetDateTime.class,
                java.time.ZonedDateTime.class)) {
            noClasses().should().callMethod(time, "now").check(CLASSES);
        }
        noClasses().should().callMethod(java.time.ZoneId.class, "systemDefault").check(CLASSES);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
    }

    @Test
    void keepsRoutesPure() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".routes..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", ROOT + ".routes..")
                .check(CLASSES);
    }

    @Test
    void letsOnlyRepositoriesSpeakSql() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Sessions")
                .and()
                .haveSimpleNameNotEndingWith("LimitUsages")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.sql.PreparedStatement")
                .check(CLASSES);
    }

    @Test
    void injectsThroughConstructors() {
        fields().should().notBeAnnotatedWith(jakarta.inject.Inject.class).check(CLASSES);
    }

    @Test
    void publishesOnlyWhatAnotherRoomUses() {
        for (JavaClass one : CLASSES) {
            // A sealed interface may be known elsewhere by its records alone.
            boolean usedElsewhere = CLASSES.stream()
                    .filter(part -> part.equals(one) || part.getName().startsWith(one.getName() + "$"))
                    .flatMap(part -> part.getDirectDependenciesToSelf().stream())
                    .anyMatch(dependency -> !room(dependency.getOriginClass()).equals(room(one)));
            boolean started = one.tryGetMethod("main", String[].class).isPresent()
                    || one.isAssignableTo("io.netty.bootstrap.ChannelInitializerExtension");
            if (one.getModifiers().contains(JavaModifier.PUBLIC) && one.isTopLevelClass()) {
                assertThat(usedElsewhere || started)
                        .as(one.getName() + " is public and no other room uses it")
                        .isTrue();
            }
        }
    }

    @Test
    void usesNamesThatSaySomething() {
        for (String end : List.of("Impl", "Dto", "Manager", "Helper", "Util", "Utils", "Processor")) {
            noClasses().should().haveSimpleNameEndingWith(end).check(CLASSES);
        }
        noClasses().should().haveSimpleNameStartingWith("Abstract").check(CLASSES);
        noClasses().should().haveSimpleNameStartingWith("Base").check(CLASSES);
    }

    @Test
    void keepsFilesShort() throws IOException {
        Path module = Path.of(System.getProperty("timetether.root"), "gateway", "src");
        try (Stream<Path> files = Files.walk(module)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(400);
            }
        }
    }

    private static String room(JavaClass one) {
        String name = one.getPackageName();
        return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1).split("\\.")[0] : "";
    }
}
