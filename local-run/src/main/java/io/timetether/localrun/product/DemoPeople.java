package io.timetether.localrun.product;

import io.timetether.localrun.identity.Person;
import java.util.List;

/** Who can be picked at the sign-in of a local installation. */
public final class DemoPeople {

    public static final Person OLIVIA =
            new Person("olivia", "Olivia Operator", "olivia@timetether.example", "Operator of this installation");
    public static final Person FRIDA = new Person(
            "frida", "Frida Keller", "frida@seaside.example", "Seaside Practice · front desk, administrator");
    public static final Person ANNA = new Person(
            "anna", "Anna Weber", "anna@seaside.example", "Seaside Practice · administrator and physiotherapist");
    public static final Person BEN = new Person("ben", "Ben Ortiz", "ben@seaside.example", "Seaside Practice · staff");
    public static final Person CLARA =
            new Person("clara", "Clara Novak", "clara@seaside.example", "Seaside Practice · staff");
    public static final Person HANA =
            new Person("hana", "Hana Sato", "hana@harbour.example", "Harbour Salon · administrator (plan STARTER)");
    public static final Person JONAS =
            new Person("jonas", "Jonas Berg", "jonas@harbour.example", "Harbour Salon · staff (plan STARTER)");

    private DemoPeople() {}

    /** In the order of the sign-in page. */
    public static List<Person> all() {
        return List.of(ANNA, BEN, CLARA, FRIDA, HANA, JONAS, OLIVIA);
    }
}
