import { describe, expect, it } from "vitest";
import type { HttpClient, HttpRequest } from "../../integrations/http.js";
import { maskingSecrets } from "./mask-secrets.js";

/** Answers with this body and these headers, whatever it is asked. */
const answering = (body: string, headers: Readonly<Record<string, string>> = {}): HttpClient => ({
  send: () => Promise.resolve({ status: 400, headers, body: Buffer.from(body) }),
  close: () => Promise.resolve(),
});
const request: HttpRequest = {
  method: "POST",
  url: "https://api.example/",
  signal: new AbortController().signal,
  deadlineMs: 1_000,
};

async function told(secrets: Record<string, string>, body: string, headers: Record<string, string> = {}) {
  const response = await maskingSecrets(answering(body), secrets).send({ ...request, headers });
  return response.body.toString();
}

describe("an answer that quotes a secret", () => {
  const key = "-----BEGIN KEY-----\nMIIEvQIBADAN/+==\n-----END KEY-----";

  it.each([
    ["the secret itself", "token-abc123", `it was "token-abc123".`, `it was "************".`],
    ["twice", "token-abc123", "token-abc123,token-abc123", "************,************"],
    ["without its scheme", "Bearer token-abc123", "bad token-abc123", "bad ************"],
    ["in JSON", 'to"ken\\abc', JSON.stringify({ was: 'to"ken\\abc' }), '{"was":"************"}'],
    ["in an address", "tok/en+abc=", "?k=tok%2Fen%2Babc%3D", `?k=${"*".repeat(17)}`],
    [
      "in JSON in JSON",
      'to"ken\\abc',
      JSON.stringify(JSON.stringify({ a: 'to"ken\\abc' })),
      String.raw`"{\"a\":\"${"*".repeat(16)}\"}"`,
    ],
    ["in an address in an address", "tok/en+abc=", "?k=tok%252Fen%252Babc%253D", `?k=${"*".repeat(23)}`],
    ["in a form", "tok/en abc", "k=tok%2Fen+abc", `k=${"*".repeat(12)}`],
    ["as hexadecimal", "token-abc123", "746F6B656E2D616263313233!", `${"*".repeat(24)}!`],
    ["in base64", "token-abc123", "see dG9rZW4tYWJjMTIz", `see ${"*".repeat(16)}`],
    [
      "in base64 after something",
      "token-abc123",
      Buffer.from("x:token-abc123").toString("base64"),
      `eDp${"*".repeat(15)}M=`,
    ],
    ["a line of a key", key, "bad line: MIIEvQIBADAN/+==", `bad line: ${"*".repeat(16)}`],
    ["a key in JSON", key, JSON.stringify({ key }), `{"key":"${"*".repeat(key.length + 2)}"}`],
    ["among letters of two bytes", "clé-secrète", "été clé-secrète été", "été ************* été"],
  ])("is read without it: %s", async (_how, secret, body, expected) => {
    expect(await told({ secret }, body)).toBe(expected);
  });

  it("is read without the credentials that were made of it", async () => {
    const credentials = Buffer.from("ada@example.com:api-token-1").toString("base64");
    const headers = { authorization: `Basic ${credentials}` };
    expect(await told({}, `you sent Basic ${credentials}`, headers)).toBe(
      `you sent Basic ${"*".repeat(credentials.length)}`,
    );
    expect(await told({}, `you sent ${credentials}`, headers)).toBe(`you sent ${"*".repeat(credentials.length)}`);
  });

  it("has none in its headers either", async () => {
    const http = maskingSecrets(answering("", { location: "https://x.example/?t=token-abc123" }), {
      t: "token-abc123",
    });
    expect((await http.send(request)).headers).toEqual({ location: "https://x.example/?t=************" });
  });
});

it("an answer that holds none, or only something short, is as it came", async () => {
  expect(await told({ a: "token-abc123", b: "", c: "short" }, "a short answer")).toBe("a short answer");
});
