# Three stages: web files, binary, and an image with the binary alone.
FROM node:20-bookworm-slim AS web
WORKDIR /build/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY schema.graphql /build/schema.graphql
COPY web/ ./
RUN npm run codegen && npm run build

FROM rust:1.95-bookworm AS build
WORKDIR /build
COPY Cargo.toml Cargo.lock ./
COPY .cargo ./.cargo
COPY engine ./engine
COPY entity ./entity
COPY migration ./migration
COPY src ./src
COPY --from=web /build/web/dist ./web/dist
# The test target is named in Cargo.toml and must exist to be left out.
RUN mkdir -p tests/it && echo 'fn main() {}' > tests/it/main.rs && cargo build --release --locked --bin partner-hub

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/partner-hub --create-home partner-hub
COPY --from=build /build/target/release/partner-hub /usr/local/bin/partner-hub
RUN install -d -o partner-hub -g partner-hub -m 700 /var/lib/partner-hub/data
USER partner-hub
WORKDIR /var/lib/partner-hub
ENV LISTEN=0.0.0.0:8080
EXPOSE 8080
VOLUME /var/lib/partner-hub/data
ENTRYPOINT ["/usr/local/bin/partner-hub"]
