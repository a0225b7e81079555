import { expect, test } from "vitest";
import { qrPath } from "./qr-path.js";

const uri = "otpauth://totp/Loopwright:ines%40acme.example?issuer=Loopwright&secret=JBSWY3DPEHPK3PXP";

test("a code keeps the quiet edge that cameras want", () => {
  const { size, path } = qrPath(uri);
  const places = [...path.matchAll(/M(\d+) (\d+)/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
  expect(Math.min(...places)).toBe(4);
  expect(Math.max(...places)).toBe(size - 5);
});

test("it begins with the mark of its corner", () => {
  expect(qrPath(uri).path).toMatch(/^(M\d+ 4h1v1h-1z){7}/);
});
