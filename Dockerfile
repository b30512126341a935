# The safe as a container: docs/operate/container.md tells how to run it.
# The tag is for readers, the digest decides. Its Debian serves both stages; its Node installs and builds only: the safe
# runs on the Node that package-lock.json pins.
ARG BASE=node:26.9.0-trixie-slim@sha256:3a771f83944bb763050c23c0225c260638c4b7899e7a72485ef75e5e570499e5

# The screens and the program, built with what only that needs.
FROM ${BASE} AS built
WORKDIR /build
COPY .npmrc package.json package-lock.json ./
COPY server/package.json server/
COPY cli/package.json cli/
COPY sdk/package.json sdk/
COPY web/package.json web/
RUN npm ci --omit=dev --ignore-scripts
COPY scripts/build.ts scripts/bundle-command.ts scripts/
COPY tsconfig.json ./
COPY server/src server/src
COPY cli/src cli/src
COPY sdk sdk
COPY web web
RUN node scripts/build.ts

# The Node that runs it, and the packages that are part of it, with their licences.
FROM ${BASE} AS packages
WORKDIR /build
COPY .npmrc package.json package-lock.json ./
COPY server/package.json server/
COPY cli/package.json cli/
COPY sdk/package.json sdk/
COPY web/package.json web/
RUN npm ci --omit=dev --ignore-scripts --workspace=server --workspace=cli --include-workspace-root

FROM ${BASE}
# The image's own Node, npm and yarn are for building; an intruder should not find them.
RUN rm -rf /usr/local/bin/* /usr/local/lib/node_modules /usr/local/include /opt/yarn* \
  && mkdir -m 700 /data && chown 10001:10001 /data
WORKDIR /app
COPY --from=packages /build/node_modules node_modules
COPY package.json LICENSE ./
COPY deploy/health-check.ts deploy/
COPY --from=built /build/cli/dist cli/dist
COPY --from=built /build/web/dist web/dist
# Two places of memory that all threads share: glibc would keep one for each, a tenth more in all. And 8 MB for each half of
# new objects: more, Node's own choice, is no faster, and up to 40 MB more are resident under load.
ENV PATH=/app/node_modules/.bin:/usr/bin:/bin \
  MALLOC_ARENA_MAX=2 \
  NODE_OPTIONS=--max-semi-space-size=8 \
  NODE_ENV=production \
  ARCA_DATA_DIR=/data \
  ARCA_HOST=0.0.0.0
# A number, so that an orchestrator can see that it is not root.
USER 10001:10001
VOLUME /data
EXPOSE 7717
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "/app/deploy/health-check.ts"]
ENTRYPOINT ["node", "/app/cli/dist/arca.js"]
CMD ["serve"]
