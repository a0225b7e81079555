import type { z } from "zod";
import type { MemberChange } from "../members/change-member.js";
import { invalidRequest } from "../http/problems.js";
import { PERSON_NAME_LENGTH } from "../members/member-api.js";
import {
  scimAttributesSchema,
  withoutSchema,
  type nameSchema,
  type ScimAttributes,
  type ScimPatch,
} from "./scim-api.js";
import { scimRefusal } from "./scim-errors.js";

export interface ScimChange extends MemberChange {
  /** Null takes it away. */
  readonly externalId?: string | null | undefined;
}

/** What attributes of a user mean for a member; what they leave out stays. */
export function changeOf({
  userName,
  emails,
  displayName,
  name,
  active,
  roles,
  externalId,
}: ScimAttributes): ScimChange {
  return {
    email: userName ?? emails ?? undefined,
    name: nameOf(name, displayName),
    active,
    role: roles ?? undefined,
    externalId,
  };
}

/** A member has one name. Half of one cannot be put together with what is there. */
function nameOf(name: z.infer<typeof nameSchema> | null | undefined, displayName: string | null | undefined) {
  const { formatted, givenName, familyName } = name ?? {};
  const whole = [formatted, displayName].find(isText) ?? bothOf(givenName, familyName);
  return whole?.trim().slice(0, PERSON_NAME_LENGTH);
}

const isText = (text: string | null | undefined): text is string => typeof text === "string" && text.trim() !== "";

function bothOf(given: string | null | undefined, family: string | null | undefined): string | undefined {
  if (isText(given) && isText(family)) return `${given} ${family}`;
  if (!isText(given) && !isText(family)) return undefined;
  throw scimRefusal("invalidValue", "Send both parts of the name, or displayName: Loopwright keeps a name as a whole.");
}

/** The operations of a PATCH, one after the other, as the attributes that they leave (RFC 7644 section 3.5.2). */
export function attributesOf({ Operations }: ScimPatch): ScimAttributes {
  const merged: Record<string, unknown> = {};
  for (const operation of Operations) merge(merged, assigned(operation));
  const read = scimAttributesSchema.safeParse(merged);
  if (read.error) throw invalidRequest({ part: "body", issues: read.error.issues, input: merged });
  return read.data;
}

function merge(merged: Record<string, unknown>, assigned: Readonly<Record<string, unknown>>): void {
  const name = { ...asObject(merged["name"]), ...asObject(assigned["name"]) };
  Object.assign(merged, assigned, Object.keys(name).length > 0 && { name });
}

const asObject = (value: unknown): object => (typeof value === "object" && value !== null ? value : {});

type Operation = ScimPatch["Operations"][number];

function assigned({ op, path, value }: Operation): Record<string, unknown> {
  if (op === "remove") return removed(path);
  if (path !== undefined) return at(path, value);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw scimRefusal("invalidValue", "An operation without a path carries an object of attributes.");
  return Object.assign({}, ...Object.entries(value).map(([name, one]) => at(name, one, { isLenient: true }))) as Record<
    string,
    unknown
  >;
}

/** Of what a member is, only this can be missing. */
function removed(path: string | undefined): Record<string, unknown> {
  if (path !== undefined && withoutSchema(path).toLowerCase() === "externalid") return { externalId: null };
  throw scimRefusal(path === undefined ? "noTarget" : "mutability", "Only externalId can be removed.");
}

/** Paths that mean something here, and what they assign. A filter such as `[type eq "work"]` chooses the one value that there is. */
const places: readonly (readonly [RegExp, (value: unknown) => Record<string, unknown>])[] = [
  [/^userName$/i, (userName) => ({ userName })],
  [/^externalId$/i, (externalId) => ({ externalId })],
  [/^displayName$/i, (displayName) => ({ displayName })],
  [/^active$/i, (active) => ({ active })],
  [/^name$/i, (name) => ({ name })],
  [/^name\.formatted$/i, (formatted) => ({ name: { formatted } })],
  [/^name\.givenName$/i, (givenName) => ({ name: { givenName } })],
  [/^name\.familyName$/i, (familyName) => ({ name: { familyName } })],
  [/^emails(\[[^\]]*\])?(\.value)?$/i, (emails) => ({ emails })],
  [/^roles(\[[^\]]*\])?(\.value)?$/i, (roles) => ({ roles })],
];

/** Attributes that mean nothing here may stand in an object (RFC 7644 section 3.3); a path to one has no target. */
function at(path: string, value: unknown, { isLenient = false } = {}): Record<string, unknown> {
  const bare = withoutSchema(path);
  const [, assign] = places.find(([place]) => place.test(bare)) ?? [];
  if (assign) return assign(value);
  if (isLenient) return {};
  throw scimRefusal("invalidPath", "This path leads to nothing that a member has here.");
}
