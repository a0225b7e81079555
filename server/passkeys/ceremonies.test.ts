import { describe, expect, it } from "vitest";
import { creationOptions, handleOf, verifyNew } from "./ceremonies.js";
import { makePasskey, ORIGIN, type Lies } from "./testing/authenticator.js";

const party = { id: "localhost", origin: ORIGIN };
const challenge = Buffer.alloc(32, 7).toString("base64url");
const member = { id: "0192f000-0000-7000-8000-000000000001", account: "ines@acme.example", name: "Ines" };

async function made(lies: Lies = {}) {
  const options = await creationOptions({ party, challenge, member, known: [] });
  expect(options.user.id).toBe(handleOf(member.id));
  return verifyNew({ party, challenge }, makePasskey(options, lies).credential);
}

describe("a new passkey", () => {
  it("is believed without anybody who vouches for it", async () => {
    expect(await made()).toMatchObject({ counter: 0 });
  });

  it.each([
    ["tpm", []],
    ["android-safetynet", []],
    ["packed", [["x5c", Buffer.from("a certificate that names an address")] as const]],
  ])(
    "that a certificate vouches for (%s) is not looked into: the library would fetch what it names",
    async (fmt, attStmt) => {
      await expect(made({ attestation: { fmt, attStmt } })).rejects.toThrow(`format ${fmt} was not asked for`);
    },
  );
});
