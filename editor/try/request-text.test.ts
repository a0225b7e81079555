import { expect, it } from "vitest";
import { readableBody, requestText } from "./request-text.js";

const json = {
  method: "POST",
  url: "https://jira.example/rest/api/3/issue",
  headers: { authorization: "Basic (secret)", "content-type": "application/json" },
  body: '{"fields":{"summary":"A"}}',
};

it("a request is copied as it goes over the wire", () => {
  expect(requestText(json)).toBe(
    'POST https://jira.example/rest/api/3/issue\nauthorization: Basic (secret)\ncontent-type: application/json\n\n{"fields":{"summary":"A"}}',
  );
  expect(requestText({ ...json, headers: {}, body: null })).toBe("POST https://jira.example/rest/api/3/issue");
});

it.each([
  ["JSON in lines", json, '{\n  "fields": {\n    "summary": "A"\n  }\n}'],
  [
    "a form by its fields",
    { ...json, headers: { "content-type": "application/x-www-form-urlencoded" }, body: "channel=C1&text=a%20b" },
    "channel = C1\ntext = a b",
  ],
  ["anything else as it is", { ...json, body: "plain" }, "plain"],
  ["no body", { ...json, body: null }, null],
])("is read as %s", (_, sent, text) => {
  expect(readableBody(sent)).toBe(text);
});
