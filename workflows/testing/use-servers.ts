import { afterAll, beforeAll } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../server/testing/database.js";
import { openEngine, type Engine } from "./engine.js";

export interface Servers {
  readonly database: TestDatabase;
  readonly engine: Engine;
}

/** A database and a namespace of Temporal of this file's own, from its first test to its last. */
export function useServers(): Servers {
  const opened: { database?: TestDatabase; engine?: Engine } = {};
  beforeAll(async () => {
    [opened.database, opened.engine] = await Promise.all([createTestDatabase(), openEngine()]);
  });
  afterAll(async () => {
    await opened.engine?.close();
    await opened.database?.drop();
  });
  return {
    get database() {
      return there(opened.database);
    },
    get engine() {
      return there(opened.engine);
    },
  };
}

function there<Server>(server: Server | undefined): Server {
  if (!server) throw new Error("the servers are there from the first test on, not before");
  return server;
}
