import { expect, test } from "vitest";
import { nodeForServers } from "./node-for-servers.js";

const path = "/usr/bin/node";

test.each([
  ["an older Node gives way to the one that came along", "20.19.0", "/packages/node", "/packages/node"],
  ["an older Node serves where none came along", "20.19.0", null, path],
  ["a newer Node serves itself", "24.0.0", "/packages/node", path],
  ["so does one that is newer still", "26.1.0", "/packages/node", path],
])("%s", (_name, version, packaged, chosen) => {
  expect(nodeForServers(undefined, { version, path }, packaged)).toBe(chosen);
});

test("one that was named serves, whatever there is", () => {
  expect(nodeForServers("/opt/node", { version: "24.0.0", path }, "/packages/node")).toBe("/opt/node");
});
