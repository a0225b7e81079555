import { describe, expect, test } from "vitest";
import { publish } from "../publish.js";
import { aDraft, aNode, surroundings } from "../testing/a-flow.js";

const condition = (when: unknown) =>
  aDraft([aNode("condition", "check", { when }), aNode("action", "tell")], "start > check, check:yes > tell");

describe("conditions of a flow that hears employees", () => {
  const rows = (field: string) => ({ match: "all", rows: [{ field, operator: "isNotEmpty", value: null }] });
  const hints = (field: string, employeeSourceIds?: readonly string[]) => {
    const { warnings } = publish(condition(rows(field)), {
      ...surroundings(),
      ...(employeeSourceIds && { employeeSourceIds }),
    });
    return warnings.map(({ nodeId, field: at, code, params }) => [nodeId, at, code, params["fields"]]);
  };
  const [ofEmployees] = surroundings().sourceIds;

  test.each(["contact.email", "feedback.comment", "feedback.product", "account.tier"])(
    "are told that %s is missing",
    (field) => {
      expect(hints(field, [ofEmployees])).toEqual([["check", "when", "hidden_of_employees", field]]);
      expect(hints(field, [])).toEqual([]);
      expect(hints(field)).toEqual([]);
    },
  );

  test("may ask for the score", () => expect(hints("feedback.score", [ofEmployees])).toEqual([]));
});
