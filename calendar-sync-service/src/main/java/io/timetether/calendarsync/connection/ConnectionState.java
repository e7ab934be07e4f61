package io.timetether.calendarsync.connection;

/** Where a connection stands (product.md §6). */
public enum ConnectionState {
    PENDING,
    ACTIVE,
    RECONNECT_REQUIRED,
    PARKED,
    STOPPING,
    STOPPED
}
