# Builds accountql and puts it alone on Debian's C library, which SQLite needs:
#
#   docker build -t accountql .
#
# The image runs production mode; every setting comes from the environment. It
# has no shell. /data is for a SQLite file; with PostgreSQL it stays empty.

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=1 go build -trimpath -ldflags '-s -w' -pgo release.pgo -o /out/accountql . && mkdir /out/data

FROM gcr.io/distroless/base-debian12:nonroot
COPY --from=build /out/accountql /usr/local/bin/accountql
COPY --from=build --chown=nonroot:nonroot /out/data /data
USER nonroot
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENV ACCOUNTQL_MODE=production ACCOUNTQL_LISTEN=0.0.0.0:8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["/usr/local/bin/accountql", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/accountql"]
CMD ["serve"]
