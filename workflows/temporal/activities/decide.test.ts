import { expect, it } from "vitest";
import { aFlow, aNode } from "../../flow/testing/a-flow.js";
import { aContext, aWorld } from "../../flow/testing/a-world.js";
import { decide } from "./decide.js";

const splits = Array.from({ length: 16 }, (_, index) => `split${String(index)}`);
const flow = aFlow(
  [...splits.map((id) => aNode("split", id)), aNode("end", "over")],
  splits.map((id) => `start > ${id}, ${id}:a > over, ${id}:b > over`).join(", "),
);

/** The ways that one person's response of this id takes, as one text. */
async function waysOf(responseId: string, domain: string): Promise<string> {
  const context = aContext({ feedback: { ...aContext().feedback, domain } });
  const run = { seq: 0, subject_id: "ada", flow_id: "flow", response_id: responseId, revision_id: "revision" };
  // What is read of ports and of a run, and nothing else.
  const [dependencies, snapshot] = [
    { ports: { catalogue: aWorld().catalogue }, zones: aWorld().zones },
    { run, flow, stored: [], effects: [], now: new Date() },
  ] as unknown as Parameters<typeof decide>;
  const { facts } = await decide(dependencies, snapshot, () => Promise.resolve({ facts: [], context }));
  return facts.flatMap(({ kind, data }) => (kind === "chose" ? [data.output] : [])).join("");
}

it("sends the same customer the same way through every split, and an employee each time by chance", async () => {
  const [customer, again] = [await waysOf("one", "customer"), await waysOf("other", "customer")];
  expect(customer).toMatch(/^[ab]{16}$/);
  expect(again).toBe(customer);
  const employee = await waysOf("one", "employee");
  expect(employee).not.toBe(customer);
  expect(await waysOf("other", "employee")).not.toBe(employee);
  // Tried again, it is the same response.
  expect(await waysOf("one", "employee")).toBe(employee);
});
