package io.timetether.calendarsync.stopping;

import io.timetether.calendarsync.publish.Erased;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Hears of staff members who were erased. */
@ApplicationScoped
class Leavers {

    private final Stopping stopping;

    Leavers(Stopping stopping) {
        this.stopping = stopping;
    }

    void left(@Observes Erased erased) {
        stopping.left(erased.organisationId(), erased.entityId());
    }
}
