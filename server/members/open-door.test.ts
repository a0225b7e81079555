import { expect, test } from "vitest";
import { isLoopback } from "./open-door.js";

test.each(["127.0.0.1", "127.8.9.1", "::1", "localhost", "::ffff:127.0.0.1"])("%s is this machine alone", (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each(["0.0.0.0", "::", "10.0.0.4", "192.168.1.2", "loop.example", "169.254.1.1"])(
  "%s is reached by others",
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);
