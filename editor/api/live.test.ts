import { QueryClient, QueryObserver } from "@tanstack/react-query";
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

/** Each question waits for its answer. */
function answeredLater() {
  const answers: ((answer: string) => void)[] = [];
  return { answers, queryFn: () => new Promise<string>((resolve) => answers.push(resolve)) };
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

test("what changes while it is loaded for the first time is read again", async () => {
  const client = new QueryClient();
  const { answers, queryFn } = answeredLater();
  const observer = new QueryObserver(client, { queryKey: ["run", "a"], queryFn, staleTime: 10_000 });
  const seen: unknown[] = [];
  const leave = observer.subscribe(({ data }) => seen.push(data));
  renew(client, { topic: "run", ids: ["a"] });
  answers[0]?.("acting");
  await expect.poll(() => answers).toHaveLength(2);
  answers[1]?.("finished");
  await expect.poll(() => seen.at(-1)).toBe("finished");
  leave();
});

test("what changes while it is loaded ahead of its page is not taken for fresh", async () => {
  const client = new QueryClient();
  const { answers, queryFn } = answeredLater();
  const loaded = client.query({ queryKey: ["run", "a"], queryFn });
  renew(client, { topic: "run", ids: ["a"] });
  answers[0]?.("acting");
  await loaded;
  expect(client.getQueryState(["run", "a"])?.isInvalidated).toBe(true);
});

test.each(["", "{", '{"topic":"weather","ids":[]}'])("an event that cannot be read is ignored: %j", (data) => {
  expect(readLiveEvent(data)).toBeNull();
});

test("an event is read by its schema", () => {
  expect(readLiveEvent('{"topic":"run","ids":["a"]}')).toEqual({ topic: "run", ids: ["a"] });
});
