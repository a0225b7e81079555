import { withoutSchema } from "./scim-api.js";
import { scimRefusal } from "./scim-errors.js";

/** The one kind of filter that directories need to find whom they know: `userName eq "ada@example.com"`. */
export interface ScimFilter {
  readonly attribute: "id" | "userName" | "externalId";
  readonly value: string;
}

const attributes = { id: "id", username: "userName", externalid: "externalId" } as const;
const isAttribute = (name: string): name is keyof typeof attributes => name in attributes;

const EQUALS = /^([a-z.]+)\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/i;

export function readFilter(filter: string): ScimFilter {
  const [, name = "", quoted = ""] = EQUALS.exec(withoutSchema(filter.trimStart())) ?? [];
  const attribute = name.toLowerCase();
  if (!isAttribute(attribute))
    throw scimRefusal(
      "invalidFilter",
      'A filter is userName, externalId or id, then eq, then a text: userName eq "ada@example.com".',
    );
  return { attribute: attributes[attribute], value: textOf(quoted) };
}

function textOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw scimRefusal("invalidFilter", "The text of the filter is not a JSON text.");
  }
}
