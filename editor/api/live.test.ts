import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { readLiveEvent, renew } from "./live.js";

function aClient(...keys: readonly (readonly unknown[])[]) {
  const client = new QueryClient();
  for (const key of keys) client.setQueryData(key, {});
  const stale = () =>
    client
      .getQueryCache()
      .getAll()
      .filter(({ state }) => state.isInvalidated)
      .map(({ queryKey }) => queryKey.join(" "));
  return { client, stale };
}

test("a run that changed is read again, with the lists, and no other run", () => {
  const { client, stale } = aClient(["run", "a"], ["run", "b"], ["run", "list"], ["flow", "list"], ["flow", "f"]);
  renew(client, { topic: "run", ids: ["a"] });
  expect(stale()).toEqual(["run a", "run list", "flow list"]);
});

test("without ids everything of the kind is read again", () => {
  const { client, stale } = aClient(["connection", "list"], ["connection", "c", "options"], ["tokens"]);
  renew(client, { topic: "connection", ids: [] });
  expect(stale()).toEqual(["connection list", "connection c options"]);
});

test.each(["", "{", '{"topic":"weather","ids":[]}'])("an event that cannot be read is ignored: %j", (data) => {
  expect(readLiveEvent(data)).toBeNull();
});

test("an event is read by its schema", () => {
  expect(readLiveEvent('{"topic":"run","ids":["a"]}')).toEqual({ topic: "run", ids: ["a"] });
});
