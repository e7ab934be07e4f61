/** The merged description of the services' APIs and the page that shows it. It must never describe a path that the route table does not forward. */
@NullMarked
package io.timetether.gateway.openapi;

import org.jspecify.annotations.NullMarked;
