package io.timetether.localrun.identity;

/**
 * Somebody who can be picked on the sign-in page.
 *
 * @param subject what identifies them to the product, together with the issuer; never changes
 * @param part a few words under the name: who this is in the demo
 */
public record Person(String subject, String name, String email, String part) {

    /** Whoever is not on the list, with a subject and an address made from the name they gave. */
    static Person named(String name) {
        String subject = name.strip()
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}.@_-]+", "-")
                .replaceAll("^-+|-+$", "");
        String address = subject.contains("@") ? subject : subject + "@example.com";
        return new Person(subject, name.strip(), address, "");
    }
}
