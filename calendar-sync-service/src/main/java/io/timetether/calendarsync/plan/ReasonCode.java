package io.timetether.calendarsync.plan;

/** Why an item is not loaded; each reason with its sentence, here and nowhere else. */
public enum ReasonCode {
    CAME_FROM_HERE("This event is an appointment that Timetether wrote, so it is not counted twice."),
    SHOWN_AS_FREE("Outlook shows this time as free."),
    WORKING_ELSEWHERE("Outlook shows this time as working elsewhere."),
    DECLINED("The invitation was declined."),
    CANCELLED("The event was cancelled."),
    ALL_DAY_IGNORED("This feed leaves out all-day events."),
    ALREADY_IN_CALENDAR("The same meeting is already in your calendar through another calendar."),
    UNKNOWN_TIME_ZONE("The event names a time zone that is not known, so its time cannot be told for certain."),
    NO_DURATION("The event has no duration, so it blocks no time."),
    OUTSIDE_WINDOW("The event lies outside the time that this feed looks at."),
    REJECTED("The event could not be taken into the calendar.");

    private final String sentence;

    ReasonCode(String sentence) {
        this.sentence = sentence;
    }

    /** The reason in words, for people. */
    public String sentence() {
        return sentence;
    }
}
