import { createHash } from "node:crypto";
import { z } from "zod";
import type { Action } from "../../integrations/connector.js";
import { connectorOfAction } from "../../workflows/flow/action-name.js";
import type { ActionSpec, Catalogue, InputProblem } from "../../workflows/flow/catalogue.js";
import { baseFields } from "../../workflows/flow/fields.js";
import { canonicalJson } from "../../workflows/flow/canonical-json.js";
import type { CatalogueReply } from "./flow-api.js";

/** An action's form as JSON Schema, zod's `meta` kept: what the editor draws and what a published flow freezes by its hash. */
const formOf = (action: Action): Record<string, unknown> =>
  z.toJSONSchema(action.input, { io: "input", unrepresentable: "any" });

const refOf = (action: Action): string => `${action.name}@${action.major}`;

/** Connectors whose actions work without an account. */
const WITHOUT_CONNECTION = new Set(["http"]);

/** What the flow language knows of the connectors; `connectorOf` binds it to one workspace's connections. */
export function createCatalogue(
  actions: readonly Action[],
  connectorOf?: (connectionId: string) => string | undefined,
): Catalogue {
  const specs = new Map(actions.map((action) => [refOf(action), specOf(action)]));
  return { action: (ref) => specs.get(ref), fields: baseFields, ...(connectorOf && { connectorOf }) };
}

function specOf(action: Action): ActionSpec {
  const form = formOf(action);
  const connector = connectorOfAction(action.name);
  return {
    ref: refOf(action),
    title: action.title,
    sentence: action.sentence,
    connector,
    needsConnection: !WITHOUT_CONNECTION.has(connector),
    templateFields: templateFieldsOf(form),
    ...(action.masks && { masks: action.masks }),
    ...(action.honoursKey !== undefined && { honoursKey: action.honoursKey }),
    output: action.output,
    schemaHash: createHash("sha256").update(canonicalJson(form)).digest("hex"),
    check: (input) => problemsOf(action.input, input),
  };
}

function templateFieldsOf(form: Record<string, unknown>): string[] {
  const properties = z
    .record(z.string(), z.looseObject({ template: z.boolean().optional() }))
    .safeParse(form["properties"]);
  return properties.success
    ? Object.keys(properties.data).filter((name) => properties.data[name]?.template === true)
    : [];
}

function problemsOf(schema: z.ZodType, input: Readonly<Record<string, unknown>>): InputProblem[] {
  const result = schema.safeParse(input);
  if (result.success) return [];
  return result.error.issues.map(({ path, message }) => ({
    field: path.map(String).join("."),
    message: isMissing(input, path) ? "This is needed." : sentence(message),
  }));
}

const isMissing = (input: Readonly<Record<string, unknown>>, [field, ...deeper]: readonly PropertyKey[]): boolean =>
  typeof field === "string" && deeper.length === 0 && (input[field] === undefined || input[field] === "");

const sentence = (message: string): string => (/[.?!]$/.test(message) ? message : `${message}.`);

/** The same as the palette and the inspector need it. */
export const catalogueReply = (actions: readonly Action[]): CatalogueReply => ({
  actions: actions.map((action) => {
    const { ref, connector, title, sentence, needsConnection, templateFields, masks, output, schemaHash } =
      specOf(action);
    return {
      ref,
      connector,
      title,
      sentence,
      needsConnection,
      internal: action.internal ?? false,
      exactlyOnce: typeof action.exactlyOnce === "function" ? "by-connection" : action.exactlyOnce,
      inputSchema: formOf(action),
      templateFields: [...templateFields],
      masks: [...(masks ?? [])],
      output: { ...output },
      schemaHash,
    };
  }),
  fields: [...baseFields],
});
