import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { keepNames, pickedNames } from "../ui/picked-names.js";
import { withPickedNames } from "./with-picked-names.js";

const actions = [
  { ref: "slack.postMessage@1", inputSchema: { properties: { channel: { options: "channels" }, text: {} } } },
];
const from = { connectionId: "one", picker: "channels" };

function told(config: DraftNode["config"], type: DraftNode["type"] = "action"): DraftNode["config"] {
  const client = new QueryClient();
  keepNames(client, from, [{ value: "#support", id: "C0SUPPORT", label: "#support" }]);
  keepNames(client, from, [{ value: "C0BOARD", label: "#board" }]);
  const picked = client.getQueryData(pickedNames.queryKey) ?? {};
  const node: DraftNode = { id: "tell", type, title: "", position: { x: 0, y: 0 }, config };
  return withPickedNames(node, { actions, picked }).config;
}

const posting = (channel: string, connectionId = "one") => ({
  ...{ action: "slack.postMessage@1", connectionId, input: { channel, text: "C0SUPPORT" } },
});

test("an id that a picker knows is told by its name, in the field of the picker only", () => {
  expect(told(posting("C0SUPPORT"))["input"]).toEqual({ channel: "#support", text: "C0SUPPORT" });
  expect(told(posting("C0BOARD"))["input"]).toMatchObject({ channel: "#board" });
});

test("what no picker was told of stays as it is, and so does another connection's", () => {
  expect(told(posting("C0OTHER"))).toEqual(posting("C0OTHER"));
  expect(told(posting("C0SUPPORT", "two"))).toEqual(posting("C0SUPPORT", "two"));
  expect(told({ action: "" })).toEqual({ action: "" });
});

test("so is where a manager is asked", () => {
  expect(told({ connectionId: "one", channel: "C0SUPPORT" }, "approval")["channel"]).toBe("#support");
});
