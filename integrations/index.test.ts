import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { actionRef, connectorOf, connectors, findAction, findConnector, findSource, sources } from "./index.js";

const actions = connectors.flatMap(({ name, actions: own }) => own.map((action) => ({ connector: name, action })));

describe("the registry", () => {
  it("finds every action by its ref, and its connector by its name", () => {
    for (const { connector, action } of actions) {
      expect(findAction(actionRef(action))).toBe(action);
      expect(connectorOf(action.name)?.name).toBe(connector);
      expect(connectorOf(actionRef(action))).toBe(findConnector(connector));
    }
  });

  it("knows nothing of what it does not hold", () => {
    expect(findAction("slack.postMessage@99")).toBeUndefined();
    expect(findAction("slack.postMessage")).toBeUndefined();
    expect(connectorOf("nothing.here")).toBeUndefined();
    expect(findSource("nothing")).toBeUndefined();
  });

  it("holds no name twice", () => {
    const refs = actions.map(({ action }) => actionRef(action));
    expect(new Set(refs).size).toBe(refs.length);
    expect(new Set(connectors.map(({ name }) => name)).size).toBe(connectors.length);
    expect(new Set(sources.map(({ kind }) => kind)).size).toBe(sources.length);
  });

  it.each(actions.map(({ connector, action }) => [actionRef(action), connector, action] as const))(
    "%s belongs to its connector and names only fields that it has in its sentence",
    (_, connector, action) => {
      expect(action.name).toMatch(new RegExp(`^${connector}\\.[a-z][A-Za-z]+$`));
      const shape: unknown = "shape" in action.input ? action.input.shape : {};
      for (const [, field] of action.sentence.matchAll(/\{(\w+)\}/g)) expect(shape).toHaveProperty(field ?? "");
    },
  );

  it.each(connectors.map(({ name }) => name))("%s has a README", (name) => {
    expect(readdirSync(new URL(`./${name}/`, import.meta.url))).toContain("README.md");
  });
});
