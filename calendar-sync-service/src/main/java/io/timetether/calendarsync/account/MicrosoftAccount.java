package io.timetether.calendarsync.account;

import java.util.UUID;

/** A Microsoft account, known by tenant and object id; address and name are for display, they change. */
public record MicrosoftAccount(UUID id, String tid, String oid, String address, String name) {}
