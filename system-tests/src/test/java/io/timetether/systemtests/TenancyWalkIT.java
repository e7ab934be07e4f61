package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.timetether.localrun.identity.LocalIdentity;
import io.timetether.localrun.product.LocalProduct;
import io.timetether.localrun.settings.Port;
import io.timetether.systemtests.Browser.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Walks over every operation of the three API documents, where the gateway and where the services themselves serve them,
 * as somebody who must not: nobody, a stranger, another organisation's administrator with this organisation's ids, a
 * colleague with too weak a role. Requests are made from the documents, so that an operation cannot be left out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenancyWalkIT {

    /** A document and where it is served. */
    enum Served {
        GATEWAY("gateway.yaml", Port.GATEWAY),
        SCHEDULING("scheduling.yaml", Port.SCHEDULING),
        CALENDAR_SYNC("calendar-sync.yaml", Port.CALENDAR_SYNC);

        private final String document;
        private final Port port;

        Served(String document, Port port) {
            this.document = document;
            this.port = port;
        }

        List<Operation> operations() {
            return Operation.in(document);
        }
    }

    /** What staff may do with what is not theirs. Whatever is not in this list must be refused to them. */
    private static final Set<String> STAFF_MAY = Set.of(
            "acceptInvitation",
            "createClient",
            "getAppointment",
            "getCalendarEntry",
            "getClient",
            "getLocation",
            "getMe",
            "getOrganisation",
            "getService",
            "getStaffMember",
            "getTimeOff",
            "getWorkingHours",
            "listAppointmentHistory",
            "listAppointments",
            "listCalendar",
            "listClients",
            "listConflicts",
            "listHoursExceptions",
            "listLocations",
            "listServices",
            "listSlots",
            "listStaffMembers",
            "listTimeOff",
            "patchClient");

    private final LocalProduct local = Product.local();
    private final Product product = Product.running();
    private final LocalIdentity identity = local.identity().orElseThrow();
    private final Household house = Household.furnish(product, identity, 6);
    private final Household neighbour = Household.furnish(product, identity, 1);
    private Map<String, JsonNode> before = Map.of();

    @BeforeEach
    void look() {
        before = Inventory.of(product, house);
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(Inventory.of(product, house)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsServedWithoutSigningIn(Served served) {
        List<String> wrong = new ArrayList<>();
        for (Operation operation : served.operations()) {
            if (!operation.isOpen()) {
                expect(wrong, operation, call(served, operation, Map.of()), Set.of(401));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aStrangerIsServedNothing(Served served) {
        String stranger = identity.tokenFor("stranger-" + UUID.randomUUID(), LocalIdentity.COMMAND_LINE);
        List<String> wrong = new ArrayList<>();
        for (Operation operation : served.operations()) {
            if (!operation.isOpen()) {
                boolean invitation = operation.id().equals("acceptInvitation");
                expect(
                        wrong,
                        operation,
                        call(served, operation, Household.as(stranger)),
                        Set.of(invitation ? 404 : 403));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anotherOrganisationGetsAtNothing(Served served) {
        List<String> wrong = new ArrayList<>();
        for (Operation operation : served.operations()) {
            if (operation.isOpen()) {
                continue;
            }
            Answer answer = call(served, operation, Household.as(neighbour.admin()));
            if (operation.namesThings()) {
                expect(wrong, operation, answer, Set.of(403, 404));
            } else if (answer.status() >= 400) {
                expect(wrong, operation, answer, Set.of(400, 403, 404, 409));
            }
            if (answer.raw().contains(house.secret())) {
                wrong.add(operation + " shows " + answer.raw());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aColleagueMayDoNoMoreThanIsWrittenHere(Served served) {
        List<String> wrong = new ArrayList<>();
        for (Operation operation : served.operations()) {
            if (!operation.isOpen() && !STAFF_MAY.contains(operation.id())) {
                expect(wrong, operation, call(served, operation, Household.as(house.weak())), Set.of(403, 404));
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void expect(List<String> wrong, Operation operation, Answer answer, Set<Integer> allowed) {
        boolean problem = answer.body().path("type").asText().startsWith("/problems/")
                && answer.body().path("status").asInt() == answer.status();
        if (!allowed.contains(answer.status()) || !problem) {
            wrong.add(operation + " answered " + answer.status() + " " + answer.raw());
        }
    }

    private Answer call(Served served, Operation operation, Map<String, String> who) {
        SampleRequest sample = SampleRequest.of(operation, house.ids());
        Map<String, String> headers = new HashMap<>(who);
        headers.put("If-Match", "*");
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        headers.put("Accept", "*/*");
        return Household.at(local.settings().origin(served.port))
                .api(operation.method(), sample.target(), sample.body(), headers);
    }
}
