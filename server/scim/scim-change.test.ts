import { describe, expect, it } from "vitest";
import { DomainError } from "../errors.js";
import { scimAttributesSchema, scimPatchSchema } from "./scim-api.js";
import { attributesOf, changeOf } from "./scim-change.js";
import { readFilter } from "./scim-filter.js";

const patch = (...Operations: object[]) => changeOf(attributesOf(scimPatchSchema.parse({ Operations })));
const read = (attributes: object) => changeOf(scimAttributesSchema.parse(attributes));

const refusalOf = (work: () => unknown): unknown => {
  try {
    return { answered: work() };
  } catch (error) {
    return error instanceof DomainError ? (error.extra["scimType"] ?? error.code) : error;
  }
};

describe("a user of a directory", () => {
  it("is read with the name as a whole, whichever way it is sent", () => {
    expect(read({ name: { formatted: "Ada Lovelace" } }).name).toBe("Ada Lovelace");
    expect(read({ displayName: "Ada Lovelace", name: { givenName: "Ada" } }).name).toBe("Ada Lovelace");
    expect(read({ name: { givenName: "Ada", familyName: "Lovelace" } }).name).toBe("Ada Lovelace");
    expect(read({}).name).toBeUndefined();
    expect(refusalOf(() => read({ name: { familyName: "King" } }))).toBe("invalidValue");
  });

  it("has the primary role of several, and the first where none is primary", () => {
    const roles = [{ value: "viewer" }, { value: "builder", primary: true }];
    expect(read({ roles }).role).toBe("builder");
    expect(read({ roles: [{ value: "publisher" }, { value: "viewer" }] }).role).toBe("publisher");
    expect(scimAttributesSchema.safeParse({ roles: [{ value: "king" }] }).success).toBe(false);
  });
});

describe("a patch", () => {
  it("is read as Okta sends it: an object without a path", () => {
    expect(patch({ op: "replace", value: { id: "ignored", active: false } })).toMatchObject({ active: false });
  });

  it("is read as Entra ID sends it: capital letters, texts for booleans, filters in paths", () => {
    expect(
      patch(
        { op: "Replace", path: "active", value: "False" },
        { op: "Replace", path: 'emails[type eq "work"].value', value: "ada@example.com" },
        { op: "Add", path: 'roles[primary eq "True"].value', value: "builder" },
        { op: "Add", path: "name.givenName", value: "Ada" },
        { op: "Add", path: "name.familyName", value: "Lovelace" },
      ),
    ).toEqual({
      active: false,
      email: "ada@example.com",
      role: "builder",
      name: "Ada Lovelace",
      externalId: undefined,
    });
  });

  it("carries out its operations in order, and takes externalId away", () => {
    expect(
      patch({ op: "replace", path: "active", value: false }, { op: "replace", path: "active", value: true }).active,
    ).toBe(true);
    expect(
      patch({ op: "add", path: "externalId", value: "1" }, { op: "remove", path: "externalId" }).externalId,
    ).toBeNull();
  });

  it("knows an attribute that is named together with its schema, in any letters", () => {
    const named = (attribute: string) => `URN:ietf:params:scim:schemas:core:2.0:User:${attribute}`;
    expect(patch({ op: "replace", path: named("active"), value: false }).active).toBe(false);
    expect(patch({ op: "add", value: { [named("externalId")]: "1" } }).externalId).toBe("1");
    expect(patch({ op: "remove", path: named("externalId") }).externalId).toBeNull();
  });

  it.each([
    ["a path that leads to nothing", { op: "replace", path: "title", value: "Countess" }, "invalidPath"],
    ["taking away who somebody is", { op: "remove", path: "userName" }, "mutability"],
    ["taking away nothing", { op: "remove" }, "noTarget"],
    ["a value without a path that is no object", { op: "add", value: "x" }, "invalidValue"],
    ["a value that does not fit", { op: "replace", path: "active", value: "perhaps" }, "invalid_request"],
    ["an address that is none", { op: "replace", path: "userName", value: "ada" }, "invalid_request"],
  ])("is refused for %s", (_what, operation, scimType) => {
    expect(refusalOf(() => patch(operation))).toBe(scimType);
  });
});

describe("a filter", () => {
  it("names one user by one attribute, in any letters, with JSON's escapes", () => {
    expect(readFilter('userName eq "Ada@Example.com"')).toEqual({ attribute: "userName", value: "Ada@Example.com" });
    expect(readFilter('USERNAME EQ "a\\"b"')).toEqual({ attribute: "userName", value: 'a"b' });
    expect(readFilter('externalId eq "00u1"')).toEqual({ attribute: "externalId", value: "00u1" });
    expect(readFilter(' urn:ietf:params:scim:schemas:core:2.0:User:userName eq "a" ')).toEqual({
      attribute: "userName",
      value: "a",
    });
  });

  it.each(['userName sw "a"', 'userName eq "a" and active eq true', "userName eq a", 'name eq "a"', "", '"a"'])(
    "is refused: %s",
    (filter) => {
      expect(refusalOf(() => readFilter(filter))).toBe("invalidFilter");
    },
  );
});
