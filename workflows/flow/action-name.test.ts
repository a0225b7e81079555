import { expect, test } from "vitest";
import { actionName, connectorOfAction, verbOfAction } from "./action-name.js";

test.each(["slack.postMessage@1", "slack.postMessage@12", "slack.postMessage"])("%s says its parts", (ref) => {
  expect(actionName(ref)).toBe("slack.postMessage");
  expect(connectorOfAction(ref)).toBe("slack");
  expect(verbOfAction(ref)).toBe("postMessage");
});
