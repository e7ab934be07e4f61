package io.timetether.office365.calendarfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileZonesTest {

    private static final String SHIP = "The ship's clocks";

    @ParameterizedTest
    @ValueSource(strings = {"2009-03-10T00:00:00Z", "2026-03-30T00:00:00Z", "2026-11-23T00:00:00Z"})
    void outlooksOwnNameIsRecognisedByItsRules(Instant around) throws IOException {
        assertThat(zones(around).find("Canberra, Melbourne, Sydney")).contains("AUS Eastern Standard Time");
    }

    @Test
    void aZoneThatNobodyKnowsHasRulesOfItsOwn() throws IOException {
        FileZones zones = zones(Instant.parse("2026-05-01T00:00:00Z"));
        assertThat(zones.find(SHIP)).isEmpty();
        assertThat(zones.findOwn(SHIP)).isPresent();
        assertThat(zones.findOwn("Mars/Olympus")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2019-01-01T00:00:00Z, -02:30",
        "2026-05-03T04:29:59Z, -02:30",
        "2026-05-03T04:30:00Z, -01:30",
        "2026-11-01T04:29:59Z, -01:30",
        "2026-11-01T04:30:00Z, -02:30",
        "2039-07-01T00:00:00Z, -01:30",
        "2040-07-01T00:00:00Z, -02:30"
    })
    void itsClocksAreSetWhenTheFileSaysSo(Instant at, ZoneOffset offset) throws IOException {
        assertThat(ship().getOffset(at)).isEqualTo(offset);
    }

    @Test
    void anHourThatIsSkippedOrComesTwiceIsReadAsTheStandardSays() throws IOException {
        // RFC 5545, 3.3.5: by the offset before the gap; the first of the two.
        assertThat(ship().getOffset(LocalDateTime.parse("2026-05-03T02:30"))).isEqualTo(ZoneOffset.of("-02:30"));
        assertThat(ship().getOffset(LocalDateTime.parse("2026-11-01T02:30"))).isEqualTo(ZoneOffset.of("-01:30"));
    }

    private static ZoneRules ship() throws IOException {
        return zones(Instant.parse("2026-05-01T00:00:00Z")).findOwn(SHIP).orElseThrow();
    }

    private static FileZones zones(Instant around) throws IOException {
        try (InputStream file = FileZonesTest.class.getResourceAsStream("/zones-of-its-own.ics")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return new FileZones(CalendarFile.read(text), "UTC", around);
        }
    }
}
