# Small images from what Maven has built (mvn package -DskipTests); nothing is fetched while they are made.
#   service   one of the three Quarkus programs:    --target service  --build-arg MODULE=gateway --build-arg PORT=8080
#   stand-in  a program that stands in for others:  --target stand-in --build-arg MODULE=office365-simulator --build-arg PORT=8090
FROM eclipse-temurin:25.0.3_9-jre-noble AS base
# The same for all; the memory that a container is given is for heap and everything beside it.
ENV JAVA_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError -Duser.timezone=UTC --sun-misc-unsafe-memory-access=allow"
# Where the AOT cache lies, if the image has one.
ENV AOT_CACHE=/app/rehearsed/classes.aot
RUN mkdir -p /data /app/rehearsed && chown 10001:10001 /data /app/rehearsed
COPY deploy/image/healthy deploy/image/rehearse deploy/image/start /usr/local/bin/
# Nobody in particular: a number, so that Kubernetes can see that it is not root.
USER 10001:10001
WORKDIR /app
ENTRYPOINT ["/usr/local/bin/start"]

FROM base AS service
ARG MODULE
ARG PORT
ENV TIMETETHER_HTTP_PORT=${PORT} PROGRAM=/app/quarkus-run.jar
EXPOSE ${PORT}
# What changes seldom first.
COPY ${MODULE}/target/quarkus-app/lib/ /app/lib/
COPY ${MODULE}/target/quarkus-app/quarkus/ /app/quarkus/
COPY ${MODULE}/target/quarkus-app/quarkus-run.jar /app/
COPY ${MODULE}/target/quarkus-app/app/ /app/app/
# By the very JVM and the very files that start later: the cache fits no others.
RUN rehearse

FROM base AS stand-in
ARG MODULE
ARG PORT
ENV PROGRAM=/app/${MODULE}.jar
EXPOSE ${PORT}
COPY ${MODULE}/target/lib/ /app/lib/
COPY ${MODULE}/target/${MODULE}.jar /app/
