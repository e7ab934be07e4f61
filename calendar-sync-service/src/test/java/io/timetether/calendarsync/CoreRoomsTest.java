package io.timetether.calendarsync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the heart of the sync may know: each library has one room, and what decides knows the JDK alone. */
class CoreRoomsTest {
    private static final String ROOT = "io.timetether.calendarsync";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void planKnowsTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".plan..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", ROOT + ".plan..")
                .check(CLASSES);
    }

    @Test
    void identityKnowsNoOtherRoom() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".identity..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.microsoft.aad.msal4j..",
                        "com.google.crypto.tink..",
                        "com.fasterxml.jackson..",
                        ROOT + ".identity..")
                .check(CLASSES);
    }

    @Test
    void graphKnowsOnlyPlanAndIdentity() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".graph..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "okhttp3..",
                        "okio..",
                        "kotlin..",
                        "com.ibm.icu..",
                        "com.fasterxml.jackson..",
                        ROOT + ".graph..",
                        ROOT + ".plan..",
                        ROOT + ".identity..")
                .check(CLASSES);
    }

    @Test
    void eachLibraryHasOneRoom() {
        onlyIn("okhttp3..", "graph");
        onlyIn("com.ibm.icu..", "graph");
        onlyIn("com.microsoft.aad.msal4j..", "identity");
        onlyIn("com.google.crypto.tink..", "identity");
        onlyIn(ROOT + ".graph.wire..", "graph");
    }

    @Test
    void whatDecidesAboutWritingIsPure() {
        for (String pure : new String[] {"EventTemplate", "EventMark", "EventLook", "OurPart", "NotificationParser"}) {
            noClasses()
                    .that()
                    .haveSimpleName(pure)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("jakarta..", "org.jboss..", "io.quarkus..", "java.sql..", "java.net.http..")
                    .check(CLASSES);
        }
    }

    private static void onlyIn(String library, String room) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }
}
