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
  const starting = [startTestPostgres(), startTestTemporal()] as const;
  // When one fails the other is stopped too, so both must have come to an end first.
  const started = await Promise.allSettled(starting);
  const teardown = async () => {
    await Promise.all(started.map((start) => (start.status === "fulfilled" ? start.value.stop() : undefined)));
  };
  try {
    const [postgres, temporal] = await Promise.all(starting);
    project.provide("postgres", postgres.address);
    project.provide("temporalAddress", temporal.address);
  } catch (error) {
    await teardown();
    throw error;
  }
  return teardown;
}
