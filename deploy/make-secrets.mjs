/**
 * Makes the passwords and keys of docker-compose.yml, one file for each container that needs some: `node deploy/make-secrets.mjs`.
 * Existing files stay as they are: a new key could not open what the old one sealed.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), "secrets");
const password = () => randomBytes(24).toString("base64url");
const [own, temporal] = [password(), password()];

const files = {
  "postgres.env": { POSTGRES_PASSWORD: own, TEMPORAL_DATABASE_PASSWORD: temporal },
  "temporal.env": { POSTGRES_PWD: temporal, SQL_PASSWORD: temporal },
  "loopwright.env": {
    DATABASE_URL: `postgres://loopwright:${own}@postgres:5432/loopwright`,
    LOOPWRIGHT_KEK: randomBytes(32).toString("base64"),
  },
};

const existing = Object.keys(files).filter((name) => existsSync(join(folder, name)));
if (existing.length > 0) {
  console.error(
    `Nothing was changed: ${existing.join(", ")} exist in ${folder}. The files belong together; remove all to begin anew.`,
  );
  process.exit(1);
}
mkdirSync(folder, { recursive: true, mode: 0o700 });
for (const [name, values] of Object.entries(files)) {
  const lines = Object.entries(values).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(join(folder, name), lines.join(""), { mode: 0o600 });
}
console.log(
  `Made ${Object.keys(files).join(", ")} in ${folder}. Keep a copy of loopwright.env: without its key nothing sealed can be read.`,
);
