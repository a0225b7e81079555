import { describe, expect, it } from "vitest";
import { maskEmployees } from "./mask-employees.js";

const said = (domain: string, relation: string | null = null) => ({
  feedback: {
    ...{ id: "r", domain, relation, comment: "Too late", score: 2, category: null, language: "en", product: null },
    ...{ source: "Pulse", metric: "nps", occurredAt: "2026-03-02T10:11:12Z", attributes: { site: "Lyon" } },
  },
  contact: { name: "Ada", email: "ada@acme.example", phone: null, externalId: "7" },
  account: { name: "Acme", tier: "gold", annualRevenue: 7 },
  run: { id: "run", url: "https://x.example/runs/run" },
});

describe("what texts are made of", () => {
  it("is all that there is of a customer", () => {
    expect(maskEmployees(said("customer"), false)).toEqual(said("customer"));
  });

  it("tells of an employee neither who it was nor what they said; what is missing stays missing", () => {
    expect(maskEmployees(said("employee"), false)).toEqual({
      ...said("employee"),
      feedback: {
        ...{ id: "[id]", domain: "employee", relation: null, comment: "[comment]", score: "[score]", category: null },
        ...{ language: "[language]", product: null, source: "Pulse", metric: "nps" },
        ...{ occurredAt: "2026-03-02T00:00:00.000Z", attributes: { site: "[attribute]" } },
      },
      contact: { name: "[name]", email: "[e-mail]", phone: null, externalId: "[id]" },
      account: { name: "[account]", tier: "[account]", annualRevenue: "[account]" },
    });
  });

  it("is all of an employee where the step shows it, but never who reviewed a colleague", () => {
    expect(maskEmployees(said("employee"), true)).toEqual(said("employee"));
    const { feedback, contact } = maskEmployees(said("employee", "peer"), true);
    expect(feedback).toMatchObject({ comment: "Too late", score: 2, occurredAt: "2026-03-02T00:00:00.000Z" });
    expect(feedback).toMatchObject({ id: "[id]", relation: "[relation]", language: "[language]" });
    expect(feedback).toMatchObject({ attributes: { site: "[attribute]" } });
    expect(contact).toMatchObject({ name: "[name]", email: "[e-mail]" });
  });
});
