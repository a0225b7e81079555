import { expect, it } from "vitest";
import { certificatesIn } from "./certificates.js";

const pem = (body: string): string => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`;

it("takes certificates apart that were pasted one below the other", () => {
  expect(certificatesIn(`${pem("AAAA")}\n\n${pem("BBBB")}\n`)).toEqual([pem("AAAA"), pem("BBBB")]);
});

it("takes one that came without its first and last line, and none for nothing", () => {
  expect(certificatesIn(" AAAA\nBBBB ")).toEqual(["AAAA\nBBBB"]);
  expect(certificatesIn(" \n")).toEqual([]);
});
