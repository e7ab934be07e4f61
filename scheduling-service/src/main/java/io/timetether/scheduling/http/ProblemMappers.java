package io.timetether.scheduling.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.persistence.OptimisticLockException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.StaleStateException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever ends a request early into an RFC 9457 problem. A failure of ours carries an id, never a stack. */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response refused(ProblemException e) {
        return response(e.problem());
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException e, @Context UriInfo uri) {
        boolean ours = e.getConstraintViolations().stream()
                .anyMatch(violation -> violation.getPropertyPath().toString().contains("<return value>"));
        if (ours) {
            return failure(e);
        }
        return response(Problem.invalid(e.getConstraintViolations().stream()
                .map(violation -> new Violation(field(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Violation::field))
                .toList()));
    }

    @ServerExceptionMapper
    Response malformed(JsonProcessingException e) {
        return response(Problem.invalid(List.of(violation(e))));
    }

    @ServerExceptionMapper
    Response mismatched(MismatchedInputException e) {
        return response(Problem.invalid(List.of(violation(e))));
    }

    @ServerExceptionMapper({AuthenticationFailedException.class, UnauthorizedException.class})
    Response notSignedIn(SecurityException e) {
        Response response = response(Problem.of(
                ProblemType.SIGN_IN_REQUIRED, "The token is missing, expired or not valid here; sign in again."));
        return Response.fromResponse(response)
                .header("WWW-Authenticate", "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response identityProviderAway(OIDCException e) {
        LOG.warnf("the identity provider cannot be asked: %s", e.getMessage());
        return Response.fromResponse(response(Problem.of(
                        ProblemType.TEMPORARILY_UNAVAILABLE,
                        "The identity provider does not answer, so nobody can be recognised; try again soon.")))
                .header("Retry-After", "5")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e) {
        return response(Problem.of(ProblemType.NOT_ALLOWED, "Your role does not allow this."));
    }

    @ServerExceptionMapper({OptimisticLockException.class, StaleStateException.class})
    Response overtaken(RuntimeException e) {
        return response(Problem.of(ProblemType.PRECONDITION_FAILED, "Somebody changed it just now; read it again."));
    }

    @ServerExceptionMapper
    Response ofFramework(WebApplicationException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException refused) {
                return response(refused.problem());
            }
            if (cause instanceof JsonProcessingException malformed) {
                return response(Problem.invalid(List.of(violation(malformed))));
            }
        }
        int status = e.getResponse().getStatus();
        return switch (status) {
            case 400 -> response(Problem.invalid(List.of(new Violation("", "The request cannot be read."))));
            case 401 -> response(Problem.of(ProblemType.SIGN_IN_REQUIRED, "Send a bearer token."));
            case 403 -> response(Problem.of(ProblemType.NOT_ALLOWED, "You may not do this."));
            case 404 -> response(Problem.of(ProblemType.NOT_FOUND, "Nothing is served at this address."));
            case 405 ->
                response(Problem.of(ProblemType.METHOD_NOT_ALLOWED, "See the API description for the methods."));
            case 406 -> response(Problem.of(ProblemType.NOT_ACCEPTABLE, "Ask for application/json."));
            case 413 -> response(Problem.of(ProblemType.PAYLOAD_TOO_LARGE, "Send less at once."));
            case 415 -> response(Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json."));
            default ->
                status < 500 ? response(Problem.of(ProblemType.INVALID_REQUEST, "Status " + status)) : failure(e);
        };
    }

    @ServerExceptionMapper
    Response failure(Throwable e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException refused) {
                return response(refused.problem());
            }
            // A character that PostgreSQL does not keep (U+0000), in a parameter of the address.
            if (cause instanceof SQLException database && "22021".equals(database.getSQLState())) {
                return response(Problem.invalid(List.of(new Violation("", "must not contain the character U+0000"))));
            }
            if (cause instanceof OptimisticLockException || cause instanceof StaleStateException) {
                return overtaken((RuntimeException) cause);
            }
        }
        UUID id = UUID.randomUUID();
        LOG.errorf(e, "failure %s", id);
        return response(new Problem(
                ProblemType.INTERNAL_ERROR,
                "It has been noted under this id; repeat the request later.",
                "urn:uuid:" + id,
                List.of(),
                java.util.Map.of()));
    }

    private static Response response(Problem problem) {
        return problem.response();
    }

    private static Violation violation(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return new Violation(path(unknown), "is not a field of this request");
        }
        if (e instanceof InvalidFormatException format) {
            Class<?> target = format.getTargetType();
            String allowed = target != null && target.isEnum()
                    ? "must be one of "
                            + Arrays.stream(target.getEnumConstants())
                                    .map(Object::toString)
                                    .collect(Collectors.joining(", "))
                    : "must be " + Expected.of(target);
            return new Violation(path(format), allowed);
        }
        if (e instanceof MismatchedInputException mismatch) {
            String field = path(mismatch);
            return field.isEmpty()
                    ? new Violation("", "The body must be a JSON object of this request's form.")
                    : new Violation(field, "must be " + Expected.of(mismatch.getTargetType()));
        }
        if (e instanceof JsonMappingException mapping && !path(mapping).isEmpty()) {
            return new Violation(path(mapping), "is not valid");
        }
        return new Violation("", "The body is not well-formed JSON.");
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    /** The path without the method's and, for a body, the parameter's name. */
    private static String field(ConstraintViolation<?> violation) {
        StringBuilder field = new StringBuilder();
        int depth = 0;
        boolean parameterOnly = true;
        String parameter = "";
        for (Path.Node node : violation.getPropertyPath()) {
            depth++;
            if (depth == 2) {
                parameter = node.getName() == null ? "" : node.getName();
            }
            if (depth > 2) {
                parameterOnly = false;
                if (node.isInIterable() && node.getIndex() != null) {
                    field.append('[').append(node.getIndex()).append(']');
                }
                if (node.getName() != null && !node.getName().startsWith("<")) {
                    field.append(field.isEmpty() ? "" : ".").append(node.getName());
                }
            }
        }
        return parameterOnly ? parameter : field.toString();
    }
}
