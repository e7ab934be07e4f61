package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class OpenApiIT {

    private static final Path COMMITTED =
            Path.of(System.getProperty("timetether.root"), "openapi", "calendar-sync.yaml");

    @Test
    void theCommittedDocumentIsTheServedOne() throws IOException {
        String served = RestAssured.get("/q/openapi?format=yaml")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        if (Boolean.getBoolean("timetether.openapi.write")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, served);
        }
        assertThat(Files.exists(COMMITTED) ? Files.readString(COMMITTED) : "")
                .as(
                        "openapi/calendar-sync.yaml; write it anew with: mvn -pl calendar-sync-service -am test -Dtest=OpenApiIT"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dtimetether.openapi.write=true")
                .isEqualTo(served);
    }
}
