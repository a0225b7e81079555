import { expect, it } from "vitest";
import { createMemoryWorld } from "../testing/memory-world.js";
import type { SandboxRequest } from "../system.js";
import { createSalesforce } from "./index.js";

const system = createSalesforce(createMemoryWorld());
const of = (method: string, address: string, body?: object) => {
  const url = new URL(address, "http://x");
  const request: SandboxRequest = {
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: {},
    body: Buffer.from(body ? JSON.stringify(body) : ""),
  };
  return system.operation(request);
};

const V = "/services/data/v62.0";

it("names requests for fault rules, with the object that they are about", () => {
  expect(of("POST", `${V}/sobjects/Task`)).toEqual({ name: "POST /sobjects/{sobject}", writes: true, sobject: "Task" });
  expect(of("GET", `${V}/query?q=SELECT+Id+FROM+Contact`)).toEqual({
    name: "GET /query",
    writes: false,
    sobject: "Contact",
  });
  const part = (name: string) => ({ method: "POST", url: `${V}/sobjects/${name}`, referenceId: name });
  const composite = { compositeRequest: [part("Loopwright_Effect__c"), part("Case")] };
  expect(of("POST", `${V}/composite`, composite)).toEqual({ name: "POST /composite", writes: true, sobject: "Case" });
  expect(of("POST", `${V}/ui-api/records`, { apiName: "Contact" })).toMatchObject({ sobject: "Contact" });
});

it("knows what it does not know", () => {
  expect(of("POST", "/services/Soap/u/62.0").name).toBe("unsupported");
  expect(of("PUT", `${V}/sobjects/Task`).name).toBe("unsupported");
  expect(of("POST", "/services/oauth2/token")).toEqual({ name: "POST /services/oauth2/token", writes: false });
});
