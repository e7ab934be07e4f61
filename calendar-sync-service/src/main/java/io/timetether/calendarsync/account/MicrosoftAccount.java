package io.timetether.calendarsync.account;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** A Microsoft account, known by tenant and object id; address and name are for display, they change. */
@Entity
public class MicrosoftAccount {

    @Id
    private UUID id;

    private String tid;
    private String oid;
    private String address;
    private String name;

    protected MicrosoftAccount() {}

    public UUID id() {
        return id;
    }

    public String tid() {
        return tid;
    }

    public String oid() {
        return oid;
    }

    public String address() {
        return address;
    }

    public String name() {
        return name;
    }
}
