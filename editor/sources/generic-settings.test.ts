import { expect, test } from "vitest";
import { newGenericForm, readGenericForm, usualScale, writeGenericForm } from "./generic-settings.js";

test("what is written is read back the same", () => {
  const form = {
    ...newGenericForm,
    scheme: "sha256-hmac" as const,
    prefix: "",
    attributes: [{ name: "region", from: "$.region" }],
    mapping: { ...newGenericForm.mapping, product: "Portal", phone: "$.phone" },
  };
  expect(readGenericForm(writeGenericForm(form))).toEqual(form);
});

test("a path is a path, anything else is one value for every delivery", () => {
  const { mapping } = writeGenericForm({
    ...newGenericForm,
    mapping: { ...newGenericForm.mapping, product: "Portal", comment: "" },
  });
  expect(mapping).toMatchObject({ product: { constant: "Portal" }, score: "$.score" });
  expect(mapping).not.toHaveProperty("comment");
  expect(mapping).not.toHaveProperty("attributes");
});

test("what the form does not show is kept", () => {
  expect(writeGenericForm(newGenericForm, { language: "fr", metric: "ces" })).toMatchObject({
    language: "fr",
    metric: "nps",
  });
});

test("settings of any shape give a form", () => {
  expect(readGenericForm({}).metric).toBe("nps");
  expect(readGenericForm({ mapping: 3, verifier: null, scaleMin: "x" }).scaleMin).toBeNull();
});

test("text alone has no scale", () => {
  expect(usualScale("text")).toEqual({ scaleMin: null, scaleMax: null });
});
