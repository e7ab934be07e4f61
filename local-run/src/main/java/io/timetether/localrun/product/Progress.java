package io.timetether.localrun.product;

/** Who is told how far the start has come. */
public interface Progress {

    /** A part of the product can work now. */
    void ready(String part);

    /** Something a person may want to know, in a sentence. */
    void notice(String sentence);

    /** For tests: says nothing. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void ready(String part) {}

            @Override
            public void notice(String sentence) {}
        };
    }
}
