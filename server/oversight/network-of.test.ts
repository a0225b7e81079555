import { expect, test } from "vitest";
import { networkOf } from "./network-of.js";

test.each([
  ["192.0.2.77", "192.0.2.0/24"],
  ["::ffff:192.0.2.77", "192.0.2.0/24"],
  ["2001:db8:7:1::5", "2001:db8:7::/48"],
  ["::1", "::/48"],
  ["not an address", ""],
  [undefined, ""],
])("of %s is %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
