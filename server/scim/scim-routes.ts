import { z } from "zod";
import { notFound } from "../errors.js";
import { emptySchema, uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import * as api from "./scim-api.js";
import { attributesOf, changeOf } from "./scim-change.js";
import { listOf, serviceProviderConfig, userResourceType, userSchemaDocument } from "./scim-documents.js";
import { scimDialect } from "./scim-errors.js";
import { readFilter } from "./scim-filter.js";
import type { ScimService } from "./scim-service.js";

const { base } = api.SCIM;

export interface ScimRouteDependencies {
  readonly service: ScimService;
  readonly publicUrl: string;
  /** Who they were is not to be believed any more. */
  readonly forget: () => void;
}

/** Members as a directory provisions them (RFC 7644), by an API token with `members:provision`. */
export const scimRoutes = (dependencies: ScimRouteDependencies): Route[] => [
  ...readRoutes(dependencies),
  ...writeRoutes(dependencies),
  ...endRoutes(dependencies),
  ...documentRoutes(dependencies),
];

const common = { access: "members:provision", dialect: scimDialect } as const;
/** What is no id of ours is nobody's: 404, not 400 (RFC 7644 section 3.12). */
const params = z.object({ memberId: z.string().max(100) });

function idOf({ memberId }: z.infer<typeof params>): string {
  const id = uuidSchema.safeParse(memberId).data;
  if (id === undefined) throw notFound("user");
  return id;
}

const readRoutes = ({ service }: ScimRouteDependencies): Route[] => [
  defineRoute({
    ...common,
    method: "get",
    path: `${base}/Users`,
    summary: "SCIM: users, or the one that a filter names",
    query: api.scimListQuerySchema,
    reply: api.scimUserListSchema,
    handle: async ({ actor, query: { filter, startIndex, count } }) => {
      const asked = { filter: filter === undefined ? null : readFilter(filter), startIndex, count };
      const { total, users } = await service.list(actor, asked);
      const page = { totalResults: total, startIndex, itemsPerPage: users.length };
      return { schemas: [api.SCIM.list], ...page, Resources: users };
    },
  }),
  defineRoute({
    ...common,
    method: "get",
    path: `${base}/Users/:memberId`,
    summary: "SCIM: one user",
    params,
    reply: api.scimUserSchema,
    handle: ({ actor, params }) => service.find(actor, idOf(params)),
  }),
];

const writeRoutes = ({ service, forget }: ScimRouteDependencies): Route[] => [
  defineRoute({
    ...common,
    method: "post",
    path: `${base}/Users`,
    summary: "SCIM: a new member; a link or the sign-in provider lets them in",
    body: api.scimUserInputSchema,
    reply: api.scimUserSchema,
    status: 201,
    handle: async ({ actor, body, response }) => {
      const user = await service.create(actor, { ...changeOf(body), email: body.userName });
      forget();
      response.location(user.meta.location);
      return user;
    },
  }),
  defineRoute({
    ...common,
    method: "put",
    path: `${base}/Users/:memberId`,
    summary: "SCIM: another address, name, role or access; what is left out stays, but for externalId",
    params,
    body: api.scimUserInputSchema,
    reply: api.scimUserSchema,
    handle: async ({ actor, params, body }) => {
      const user = await service.change(actor, idOf(params), {
        ...changeOf(body),
        externalId: body.externalId ?? null,
      });
      forget();
      return user;
    },
  }),
];

const endRoutes = ({ service, forget }: ScimRouteDependencies): Route[] => [
  defineRoute({
    ...common,
    method: "patch",
    path: `${base}/Users/:memberId`,
    summary: "SCIM: single attributes; active false puts out",
    params,
    body: api.scimPatchSchema,
    reply: api.scimUserSchema,
    handle: async ({ actor, params, body }) => {
      const user = await service.change(actor, idOf(params), changeOf(attributesOf(body)));
      forget();
      return user;
    },
  }),
  defineRoute({
    ...common,
    method: "delete",
    path: `${base}/Users/:memberId`,
    summary: "SCIM: put out; what they did stays theirs",
    params,
    reply: emptySchema,
    status: 204,
    handle: async ({ actor, params }) => {
      await service.remove(actor, idOf(params));
      forget();
      return {};
    },
  }),
];

const documentRoutes = ({ publicUrl }: ScimRouteDependencies): Route[] => [
  document("ServiceProviderConfig", "what of the protocol there is", () => serviceProviderConfig(publicUrl)),
  document("ResourceTypes", "what can be provisioned", () => listOf([userResourceType(publicUrl)])),
  named("ResourceTypes", "User", userResourceType(publicUrl)),
  document("Schemas", "the attributes of a user", () => listOf([userSchemaDocument(publicUrl)])),
  named("Schemas", api.SCIM.user, userSchemaDocument(publicUrl)),
];

type Document = z.infer<typeof api.scimDocumentSchema>;

const document = (name: string, words: string, read: () => Document): Route =>
  defineRoute({
    ...common,
    method: "get",
    path: `${base}/${name}`,
    summary: `SCIM: ${words}`,
    reply: api.scimDocumentSchema,
    handle: read,
  });

const named = (list: string, id: string, read: Document): Route =>
  defineRoute({
    ...common,
    method: "get",
    path: `${base}/${list}/:name`,
    summary: `SCIM: one of ${list}`,
    params: z.object({ name: z.string().max(250) }),
    reply: api.scimDocumentSchema,
    handle: ({ params: { name } }) => {
      if (name !== id) throw notFound("document");
      return read;
    },
  });
