# Builds accountql and puts it alone on Debian's C library, which SQLite needs:
#
#   docker build -t accountql --build-arg VERSION="$(git describe --tags --always)" --build-arg REVISION="$(git rev-parse HEAD)" .
#
# The image runs production mode; every setting comes from the environment. It
# has no shell. /data is for a SQLite file; with PostgreSQL it stays empty. The
# root may be read-only:
#
#   docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges …

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=1 go build -trimpath -ldflags '-s -w' -pgo release.pgo -o /out/accountql . && mkdir /out/data

FROM gcr.io/distroless/base-debian12:nonroot
ARG VERSION=unknown REVISION=unknown
LABEL org.opencontainers.image.title="AccountQL" \
      org.opencontainers.image.description="A GraphQL API by which a shop's customers manage their accounts" \
      org.opencontainers.image.source="https://github.com/accountql/accountql" \
      org.opencontainers.image.documentation="https://github.com/accountql/accountql/blob/main/docs/operations.md" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
COPY --from=build /out/accountql /usr/local/bin/accountql
COPY --from=build --chown=65532:65532 /out/data /data
# The distroless user nonroot, by number: Kubernetes can't see otherwise that it is not root.
USER 65532:65532
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENV ACCOUNTQL_MODE=production ACCOUNTQL_LISTEN=0.0.0.0:8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["/usr/local/bin/accountql", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/accountql"]
CMD ["serve"]
