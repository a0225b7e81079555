import type { Request, Response } from "express";
import type { z } from "zod";
import type { Permission } from "../members/permission-api.js";
import type { Role } from "../members/member-api.js";
import type { RowRule } from "../members/rule-api.js";
import type { ApiProblem } from "./common-api.js";
import { invalidRequest, type RequestPart } from "./problems.js";

/** Who asks: a member by session, a token, or nobody on a public route. */
export interface Actor {
  readonly kind: "member" | "token";
  readonly id: string;
  readonly workspaceId: string;
  /** Null: a token that names its permissions itself. */
  readonly role: Role | null;
  /** Of who may do less than their role, or see less than the workspace: some tokens, and members of teams. */
  readonly scope?: Scope;
  /** The demo is filled in: the services want a member, and the audit is told that nobody did it. */
  readonly seeding?: true;
}

/** What can be named in a token or a team, so that it reaches nothing else of its kind. */
export type ResourceKind = "flow" | "source" | "connection";

export interface Scope {
  /** In the role's place. */
  readonly permissions?: readonly Permission[];
  /** What is seen is what any of these sees; left out: everything. */
  readonly reach?: Reach;
}

/** Ways of seeing a part of the workspace, each for itself: a row is seen where one of them sees it whole. None: nothing is seen. */
export type Reach = readonly Sight[];

/** Of a team, or of a token. */
export interface Sight {
  /** The only ids of each kind; null: all. */
  readonly things: Readonly<Record<ResourceKind, readonly string[] | null>>;
  /** Each of them must hold of what was said; none: all rows of these things. */
  readonly rows: readonly RowRule[];
}

/**
 * `public`: anyone, by design (health, sign-in). `signed`: the handler verifies a signature itself (webhooks). `member`: any
 * signed-in member. Everything else names a permission of the table.
 */
export type Access = Permission | "public" | "signed" | "member";

/** How a protocol of others writes its bodies and its errors. Our own: JSON, and RFC 9457. */
export interface Dialect {
  /** Of bodies in both directions; plain JSON is read as well. */
  readonly mediaType: string;
  readonly errorOf: (problem: ApiProblem) => object;
}

export interface RouteInput<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Present on every route but public and signed ones. */
  readonly actor: Actor;
  readonly request: Request;
  readonly response: Response;
}

export interface RouteDefinition<Params, Query, Body, Reply> {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** With `:name` parameters, as Express takes them. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** `stream`: the handler writes the response itself. */
  readonly reply: z.ZodType<Reply> | "stream";
  readonly status?: number;
  /** Opens much that is sealed, or walks a whole table: takes more of what an account may ask in a minute. */
  readonly heavy?: boolean;
  readonly dialect?: Dialect;
  /** The body is a form, which any site's page can post: the handler must not believe a cookie. Every other body is JSON. */
  readonly form?: true;
  readonly handle: (input: RouteInput<Params, Query, Body>) => Promise<Reply> | Reply;
}

/** A route with its types closed over; schemas stay for the OpenAPI document. */
export type Route = Omit<RouteDefinition<unknown, unknown, unknown, unknown>, "handle"> & {
  readonly handle: (input: RouteInput<unknown, unknown, unknown>) => Promise<unknown>;
};

/** Parse, call, reply: what comes in is read by the schemas, what goes out is the reply's type. */
export function defineRoute<Params = unknown, Query = unknown, Body = unknown, Reply = unknown>(
  definition: RouteDefinition<Params, Query, Body, Reply>,
): Route {
  return {
    ...definition,
    handle: async (input) =>
      definition.handle({
        ...input,
        params: read(definition.params, "params", input.params),
        query: read(definition.query, "query", input.query),
        body: read(definition.body, "body", input.body),
      }),
  };
}

/** Refused here, so that a schema which fails anywhere later is known to be our fault, not the caller's. */
function read<Value>(schema: z.ZodType<Value> | undefined, part: RequestPart, given: unknown): Value {
  // Without a schema nothing may be read: the type is unknown then.
  if (!schema) return given as Value;
  const { data, error } = schema.safeParse(given);
  if (error) throw invalidRequest({ part, issues: error.issues, input: given });
  return data;
}
