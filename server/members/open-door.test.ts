import { expect, test } from "vitest";
import { isLoopback, isOnThisMachine } from "./open-door.js";

test.each(["127.0.0.1", "127.8.9.1", "::1", "localhost", "::ffff:127.0.0.1"])("%s is this machine alone", (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each(["0.0.0.0", "::", "10.0.0.4", "192.168.1.2", "loop.example", "169.254.1.1"])(
  "%s is reached by others",
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);

test.each(["http://127.0.0.1:4000", "http://localhost:4000", "http://[::1]:4000"])(
  "%s leads to this machine",
  (url) => {
    expect(isOnThisMachine(new URL(url))).toBe(true);
  },
);

test.each([
  "https://loop.acme.example",
  "http://192.168.1.2:4000",
  "http://[2001:db8::1]",
  "https://localhost.example",
])("%s is where others come in", (url) => {
  expect(isOnThisMachine(new URL(url))).toBe(false);
});
