import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const root = fileURLToPath(new URL("../", import.meta.url));
const text = readFileSync(`${root}docker-compose.yml`, "utf8");
const document: unknown = parse(text, { merge: true });

const serviceSchema = z.object({
  image: z.string(),
  build: z.string().optional(),
  init: z.boolean().optional(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  env_file: z.string().optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});
const { services } = z.object({ services: z.record(z.string(), serviceSchema) }).parse(document);
const all = Object.entries(services);

/** `${NAME:-default}` as Compose reads it when NAME is not set. */
const withDefaults = (value: string) => value.replace(/\$\{\w+:-([^}]*)\}/g, "$1");

describe("docker-compose.yml", () => {
  it("follows the Compose specification's schema", () => {
    const schema = JSON.parse(readFileSync(`${root}deploy/schema/compose-spec.json`, "utf8")) as Record<
      string,
      unknown
    >;
    // The file names draft-07 by an https address, which Ajv does not know under that name.
    delete schema["$schema"];
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const validate = ajv.compile(schema);
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  it("publishes ports on this machine's loopback only", () => {
    const published = all.flatMap(([, { ports }]) => ports).map(withDefaults);
    expect(published.sort()).toEqual(["127.0.0.1:4000:4000", "127.0.0.1:8080:8080"]);
  });

  it("keeps passwords and keys out of the file", () => {
    const names = all.flatMap(([, { environment }]) => Object.keys(environment));
    expect(names.filter((name) => /PASSWORD|PWD|SECRET|KEK|TOKEN|DATABASE_URL/.test(name))).toEqual([]);
  });

  it("mounts only files that exist", () => {
    const sources = all.flatMap(([, { volumes }]) => volumes).filter((volume) => volume.startsWith("./"));
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.map((volume) => volume.split(":")[0]!).filter((path) => !existsSync(root + path))).toEqual([]);
  });

  it("waits for services that exist, and for the health only of those that tell it", () => {
    for (const [name, { depends_on: needs }] of all) {
      for (const [other, { condition }] of Object.entries(needs)) {
        expect(services, `${name} needs ${other}`).toHaveProperty(other);
        if (condition === "service_healthy") expect(services[other]?.healthcheck, other).toBeDefined();
      }
    }
  });

  it("runs api and worker from one image, each as a role of its own, under an init", () => {
    const { api, worker } = services;
    expect([api?.image, api?.build, api?.init]).toEqual([worker?.image, worker?.build, true]);
    expect([api?.environment["ROLE"], worker?.environment["ROLE"]]).toEqual(["api", "worker"]);
    expect(worker?.init).toBe(true);
  });

  it("mounts PostgreSQL 18's volume where that image keeps its data", () => {
    expect(services["postgres"]?.image).toBe("postgres:18");
    expect(services["postgres"]?.volumes).toContain("postgres:/var/lib/postgresql");
  });

  it("runs a Temporal server of at least 1.30.3, with tools of the same version", () => {
    const versions = ["temporal", "temporal-schema", "temporal-namespace"].map(
      (name) => withDefaults(services[name]!.image).split(":")[1]!,
    );
    expect(new Set(versions).size).toBe(1);
    const [major = 0, minor = 0, patch = 0] = versions[0]!.split(".").map(Number);
    expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(1_030_003);
  });

  it("says in its first lines how the first admin is made, with what the command asks for", () => {
    expect(text).toMatch(
      /^# +docker compose run --rm -T api node dist\/server\/cli\.js admin create --email \S+ --password-stdin < \S+$/m,
    );
  });

  it("takes its secrets from files that the secrets' script makes", () => {
    const script = readFileSync(`${root}deploy/make-secrets.mjs`, "utf8");
    const files = all.flatMap(([, { env_file: file }]) => file ?? []);
    expect(files.every((file) => script.includes(`"${file.replace("deploy/secrets/", "")}"`))).toBe(true);
  });
});

describe("the Dockerfile", () => {
  const lines = readFileSync(`${root}Dockerfile`, "utf8").split("\n");

  it("runs the server as a user without rights, on the Node that the documentation names", () => {
    expect(lines.filter((line) => line.startsWith("FROM"))).toEqual([
      "FROM node:24-bookworm-slim AS build",
      "FROM node:24-bookworm-slim",
    ]);
    expect(lines).toContain("USER node");
  });

  it("copies only files that exist or that the build makes", () => {
    const copied = lines
      .filter((line) => line.startsWith("COPY"))
      .flatMap((line) => line.split(" ").slice(1, -1))
      .filter((path) => !path.startsWith("--") && path !== ".")
      .map((path) => path.replace("/app/", ""));
    const made = ["dist", "node_modules"];
    expect(copied.filter((path) => !made.includes(path) && !existsSync(root + path))).toEqual([]);
  });
});
