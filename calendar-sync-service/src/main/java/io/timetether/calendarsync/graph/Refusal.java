package io.timetether.calendarsync.graph;

import java.io.IOException;

/** A problem found by an interceptor, on its way to the caller; okhttp lets only this kind of exception through. */
final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient GraphProblem problem;

    Refusal(GraphProblem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    GraphProblem problem() {
        return problem;
    }
}
