import type { TestProject } from "vitest/node";
import { startTestPostgres, startTestTemporal } from "./servers.js";

declare module "vitest" {
  interface ProvidedContext {
    /** URL of the database `postgres` on the tests' cluster, as superuser: make databases of your own there. */
    postgres: string;
    /** host:port of the tests' Temporal. */
    temporalAddress: string;
  }
}

/** One PostgreSQL and one Temporal for all integration tests of a run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = startTestPostgres();
  const temporal = startTestTemporal();
  // When one fails the other is stopped too, so both must have come to an end first.
  const started = await Promise.allSettled([postgres, temporal]);
  const teardown = async () => {
    await Promise.all(started.flatMap((start) => (start.status === "fulfilled" ? [start.value.stop()] : [])));
  };
  try {
    project.provide("postgres", (await postgres).address);
    project.provide("temporalAddress", (await temporal).address);
  } catch (error) {
    await teardown();
    throw error;
  }
  return teardown;
}
