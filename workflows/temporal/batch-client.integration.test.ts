import { NativeConnection } from "@temporalio/worker";
import { expect, inject, test } from "vitest";
import { createDriveBatch } from "./batch-client.js";

test("runs for which no workflow can be started are driven otherwise, and why is told", async () => {
  const connection = await NativeConnection.connect({ address: inject("temporalAddress") });
  const instead: (readonly string[])[] = [];
  const drive = createDriveBatch({
    connection,
    namespace: "none-of-that-name",
    driveInstead: (runIds, error) => {
      expect(error).toBeInstanceOf(Error);
      instead.push(runIds);
      return Promise.resolve();
    },
  });
  await drive(["one", "two"]);
  expect(instead).toEqual([["one", "two"]]);
  await connection.close();
});
