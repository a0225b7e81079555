import { MOST_USERS, SCIM } from "./scim-api.js";

const CORE = "urn:ietf:params:scim:schemas:core:2.0";

/** RFC 7643 section 5: what of the protocol there is. */
export const serviceProviderConfig = (publicUrl: string) => ({
  schemas: [`${CORE}:ServiceProviderConfig`],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: MOST_USERS },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [
    {
      type: "oauthbearertoken",
      name: "API token",
      description: "An API token of Loopwright with the permission members:provision",
      primary: true,
    },
  ],
  meta: { resourceType: "ServiceProviderConfig", location: `${publicUrl}${SCIM.base}/ServiceProviderConfig` },
});

export const userResourceType = (publicUrl: string) => ({
  schemas: [`${CORE}:ResourceType`],
  id: "User",
  name: "User",
  description: "A member of the workspace",
  endpoint: "/Users",
  schema: SCIM.user,
  meta: { resourceType: "ResourceType", location: `${publicUrl}${SCIM.base}/ResourceTypes/User` },
});

interface Attribute {
  readonly name: string;
  readonly description: string;
  readonly type?: "string" | "boolean" | "complex";
  readonly multiValued?: boolean;
  readonly required?: boolean;
  readonly mutability?: "readWrite" | "readOnly";
  readonly uniqueness?: "none" | "server";
  readonly subAttributes?: readonly Attribute[];
}

/** RFC 7643 section 7, with what most attributes have in common. */
const described = ({ subAttributes, ...attribute }: Attribute): object => ({
  type: "string",
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: "readWrite",
  returned: "default",
  uniqueness: "none",
  ...attribute,
  ...(subAttributes && { subAttributes: subAttributes.map(described) }),
});

const value = (description: string): Attribute[] => [
  { name: "value", description },
  { name: "primary", description: "Always true: there is one", type: "boolean", mutability: "readOnly" },
];

const attributes: readonly Attribute[] = [
  { name: "userName", description: "The e-mail address that they sign in with", required: true, uniqueness: "server" },
  { name: "displayName", description: "The name that others see" },
  {
    name: "name",
    description: "The same name; givenName and familyName are read together and kept as a whole",
    type: "complex",
    subAttributes: [
      { name: "formatted", description: "The whole name" },
      { name: "givenName", description: "Read with familyName" },
      { name: "familyName", description: "Read with givenName" },
    ],
  },
  { name: "active", description: "False: put out; what they had open ends", type: "boolean" },
  {
    name: "emails",
    description: "The address again, where userName is left out",
    type: "complex",
    multiValued: true,
    subAttributes: value("The address"),
  },
  {
    name: "roles",
    description: "One of viewer, builder, publisher, privacy_officer; admin is shown and never given",
    type: "complex",
    multiValued: true,
    subAttributes: value("The role"),
  },
];

export const userSchemaDocument = (publicUrl: string) => ({
  schemas: [`${CORE}:Schema`],
  id: SCIM.user,
  name: "User",
  description: "A member of the workspace",
  attributes: attributes.map(described),
  meta: { resourceType: "Schema", location: `${publicUrl}${SCIM.base}/Schemas/${SCIM.user}` },
});

export const listOf = (Resources: readonly object[]) => ({
  schemas: [SCIM.list],
  totalResults: Resources.length,
  startIndex: 1,
  itemsPerPage: Resources.length,
  Resources,
});
