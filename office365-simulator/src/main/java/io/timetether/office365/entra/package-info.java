/** What this room is for: Microsoft Entra ID: sign-in, consent, codes, tokens and its discovery documents. What must never be in it: calendars and events. */
@NullMarked
package io.timetether.office365.entra;

import org.jspecify.annotations.NullMarked;
