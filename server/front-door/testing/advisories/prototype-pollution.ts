import { expect, it } from "vitest";
import { signed, demoSource } from "../clients.js";
import type { Stage } from "./stage.js";

const POISONS = [
  '{"__proto__":{"polluted":1}}',
  '{"name":"x","__proto__":{"polluted":1,"role":"admin"}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '{"a":[{"b":{"__proto__":{"polluted":1}}}]}',
  '{"\\u005f_proto__":{"polluted":1}}',
  '{"prototype":{"polluted":1}}',
];

export function prototypePollution(stage: Stage): void {
  const clean = () => {
    expect({}).not.toHaveProperty("polluted");
    expect(Object.prototype).not.toHaveProperty("role");
  };

  it("a body with such a key is refused wherever a body is taken", async () => {
    const { url } = stage.product;
    const token = stage.as("admin");
    const source = await demoSource(stage.product);
    for (const body of POISONS) {
      const answer = await fetch(`${url}/hooks/${source.id}`, { method: "POST", body, headers: signed(source, body) });
      expect([body, answer.status]).toEqual([body, 400]);
      for (const [method, path] of [
        ["POST", "/api/flows"],
        ["POST", "/api/connections"],
        ["POST", "/api/sources"],
        ["PUT", "/api/settings"],
        ["POST", "/api/sign-in"],
      ] as const) {
        const { status } = await token(method, path, new PoisonedJson(body));
        expect([method, path, body, status]).toEqual([method, path, body, 400]);
      }
    }
    clean();
  });

  it("a query is never read into an object that has a prototype to lose", async () => {
    const values = encodeURIComponent('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    const { items } = (await stage.api("GET", "/api/connections")).json as { items: { id: string }[] };
    for (const query of [
      "__proto__[polluted]=1",
      "__proto__.polluted=1",
      "constructor[prototype][polluted]=1",
      "limit[__proto__][polluted]=1",
    ]) {
      expect((await stage.api("GET", `/api/runs?${query}`)).status).toBeOneOf([200, 400]);
    }
    const options = await stage.api("GET", `/api/connections/${items[0]?.id ?? ""}/options/channels?values=${values}`);
    expect(options.status).toBeLessThan(500);
    clean();
  });

  it("a mapping, a setting or an attribute cannot name what every object has", async () => {
    for (const key of ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"]) {
      const made = await stage.api("GET", `/api/connections/x/options/${key}`);
      expect(made.status).toBe(400);
      const source = await demoSource(stage.product);
      const body = JSON.stringify({ responseId: `own ${key}`, score: 9, product: key, account: key });
      const answer = await fetch(`${stage.product.url}/hooks/${source.id}`, {
        method: "POST",
        body,
        headers: signed(source, body),
      });
      expect([key, answer.status]).toEqual([key, 202]);
    }
    clean();
  });
}

/** Goes out as it is written: an object would lose its `__proto__` on the way. */
class PoisonedJson {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toJSON(): unknown {
    return JSON.parse(this.#text);
  }
}
