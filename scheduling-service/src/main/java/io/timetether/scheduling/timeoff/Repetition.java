package io.timetether.scheduling.timeoff;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How often a time off comes again, by dates of the staff member's zone. PURE. MONTHLY means the same day of the month;
 * a month without that day has none.
 */
@Schema(name = "Repetition")
record Repetition(
        @NotNull Frequency frequency,

        @Schema(description = "Every so many days, weeks or months; 1 if absent.") @Nullable @Min(1) @Max(52)
        Integer interval,

        @Schema(description = "For WEEKLY; if absent, the weekday of the first one.") @Nullable @Size(min = 1, max = 7)
        List<@NotNull DayOfWeek> daysOfWeek,

        @Schema(description = "The last date on which one may begin.") @NotNull
        LocalDate until) {

    static final int MOST = 800;

    @Schema(name = "Frequency")
    enum Frequency {
        DAILY,
        WEEKLY,
        MONTHLY
    }

    @AssertTrue(message = "must have daysOfWeek for WEEKLY only")
    @Schema(hidden = true)
    boolean isConsistent() {
        return daysOfWeek == null || frequency == Frequency.WEEKLY;
    }

    /** The dates on which one begins, the first one included; at most {@link #MOST} and one more. */
    List<LocalDate> dates(LocalDate first) {
        int every = interval == null ? 1 : interval;
        Stream<LocalDate> dates = switch (frequency) {
            case DAILY -> LongStream.iterate(0, n -> n + every).mapToObj(first::plusDays);
            case WEEKLY -> {
                List<DayOfWeek> days = daysOfWeek == null
                        ? List.of(first.getDayOfWeek())
                        : daysOfWeek.stream().distinct().sorted().toList();
                LocalDate monday = first.minusDays(first.getDayOfWeek().getValue() - 1L);
                yield LongStream.iterate(0, n -> n + every)
                        .boxed()
                        .flatMap(week ->
                                days.stream().map(day -> monday.plusWeeks(week).plusDays(day.getValue() - 1L)));
            }
            case MONTHLY ->
                LongStream.iterate(0, n -> n + every)
                        .mapToObj(first::plusMonths)
                        .takeWhile(date -> !date.isAfter(until))
                        .filter(date -> date.getDayOfMonth() == first.getDayOfMonth());
        };
        return dates.dropWhile(date -> date.isBefore(first))
                .takeWhile(date -> !date.isAfter(until))
                .limit(MOST + 1L)
                .toList();
    }
}
