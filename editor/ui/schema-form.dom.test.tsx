import { useState } from "react";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readFields } from "./form-fields.js";
import { SchemaForm } from "./schema-form.js";
import { draw } from "./testing/render.js";

const fields = readFields({
  ...z.toJSONSchema(
    z.object({
      subject: z.string().meta({ title: "Subject" }),
      phone: z.string().optional().meta({ title: "Phone" }),
      headers: z.record(z.string(), z.string()).optional().meta({ title: "Headers" }),
      region: z.string().optional().meta({ title: "Region", advanced: true }),
    }),
    { io: "input" },
  ),
});
type Values = Readonly<Record<string, unknown>>;

function Form({
  initial,
  errors,
  told,
}: {
  initial: Values;
  errors: Record<string, string>;
  told: (values: Values) => void;
}) {
  const [values, setValues] = useState(initial);
  const change = (next: Values) => {
    setValues(next);
    told(next);
  };
  return <SchemaForm fields={fields} values={values} onChange={change} errors={errors} />;
}

async function aForm(initial: Values = {}, errors: Record<string, string> = {}) {
  let latest = initial;
  const page = await draw(<Form initial={initial} errors={errors} told={(values) => (latest = values)} />);
  return { ...page, values: () => latest };
}

describe("a form drawn from a schema", () => {
  test("leaves an emptied optional field out, but keeps a required one", async () => {
    const { values, write } = await aForm({ subject: "Call", phone: "1" });
    write("Phone", "");
    write("Subject", "");
    expect(values()).toEqual({ subject: "" });
  });

  test("says at its field what is wrong", async () => {
    const { text } = await aForm({}, { subject: "Fill this in." });
    expect(text()).toContain("Fill this in.");
  });

  test("folds advanced fields away", async () => {
    const { button } = await aForm();
    expect(button("More settings").getAttribute("aria-expanded")).toBe("false");
  });

  test("opens them when one is filled in", async () => {
    const { button } = await aForm({ region: "EMEA" });
    expect(button("More settings").getAttribute("aria-expanded")).toBe("true");
  });

  test("keeps a line without a name to itself until it has one", async () => {
    const { values, press, write } = await aForm({ subject: "x" });
    press("Add a line");
    write("Value", "Bearer");
    expect(values()).toEqual({ subject: "x" });
    write("Name", "authorization");
    expect(values()).toEqual({ subject: "x", headers: { authorization: "Bearer" } });
  });
});
