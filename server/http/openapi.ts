import { z } from "zod";
import { problemSchema } from "./common-api.js";
import type { Route } from "./route.js";

type Json = Readonly<Record<string, unknown>>;

/** OpenAPI 3.1, whose schemas are JSON Schema 2020-12: what zod writes. */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const components: Record<string, unknown> = {};
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method]: operation(route, components) };
  }
  components["Problem"] = schemaOf(problemSchema, { io: "output", name: "Problem", components });
  return {
    openapi: "3.1.0",
    info: { title: "Loopwright", version, description: "Errors are application/problem+json (RFC 9457)." },
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "An API token (lwt_…)." },
        session: { type: "apiKey", in: "cookie", name: "lw_session" },
      },
    },
  };
}

function operation(route: Route, components: Record<string, unknown>): Json {
  const name = nameOf(route);
  const open = route.access === "public" || route.access === "signed";
  return {
    operationId: name,
    summary: route.summary,
    tags: [tagOf(route.path)],
    ...(open ? { security: [] } : { security: [{ token: [] }, { session: [] }] }),
    "x-access": route.access,
    parameters: [
      ...parameters(route.params, { place: "path", name, components }),
      ...parameters(route.query, { place: "query", name, components }),
    ],
    ...(route.body && {
      requestBody: {
        required: true,
        content: asked(route, schemaOf(route.body, { io: "input", name: `${name}Body`, components })),
      },
    }),
    responses: responses(route, name, components),
  };
}

function responses(route: Route, name: string, components: Record<string, unknown>): Json {
  const told = route.dialect
    ? json(route, { type: "object" })
    : { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  const problem = { description: "What went wrong, and what to do", content: told };
  const isBodyless = route.reply === "stream" || route.status === 204;
  const reply = isBodyless ? {} : { content: json(route, schemaOf(route.reply, { io: "output", name, components })) };
  return { [route.status ?? 200]: { description: "Done", ...reply }, default: problem };
}

const json = ({ dialect }: Route, schema: Json): Json => ({ [dialect?.mediaType ?? "application/json"]: { schema } });

const asked = (route: Route, schema: Json): Json =>
  route.form ? { "application/x-www-form-urlencoded": { schema } } : json(route, schema);

interface Place {
  readonly place: "path" | "query";
  readonly name: string;
  readonly components: Record<string, unknown>;
}

function parameters(schema: z.ZodType | undefined, { place, name, components }: Place): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = objectShape.parse(schemaOf(schema, { io: "input", name, components }));
  return Object.entries(properties).map(([field, inner]) => ({
    name: field,
    in: place,
    required: place === "path" || required.includes(field),
    schema: inner,
  }));
}

const objectShape = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
});

interface SchemaOptions {
  readonly io: "input" | "output";
  readonly name: string;
  readonly components: Record<string, unknown>;
}

/** zod keeps what refers to itself within the schema's own document; here it moves to the components. */
function schemaOf(schema: z.ZodType, { io, name, components }: SchemaOptions): Json {
  const { $schema: _, $defs = {}, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  const own = `#/components/schemas/${name}`;
  for (const [key, inner] of Object.entries($defs)) components[`${name}.${key}`] = moveRefs(inner, own);
  const moved = anObject.parse(moveRefs(rest, own));
  if (!JSON.stringify(rest).includes('"$ref":"#"')) return moved;
  components[name] = moved;
  return { $ref: own };
}

const anObject = z.record(z.string(), z.unknown());

function moveRefs(value: unknown, own: string): unknown {
  if (Array.isArray(value)) return value.map((item) => moveRefs(item, own));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      key === "$ref" && typeof inner === "string" ? movedRef(inner, own) : moveRefs(inner, own),
    ]),
  );
}

const movedRef = (ref: string, own: string): string => (ref === "#" ? own : ref.replace(/^#\/\$defs\//, `${own}.`));

/** `GET /api/flows/:id/versions` is `getFlowsIdVersions`. */
function nameOf({ method, path }: Route): string {
  const words = path.split(/\W+/).filter((word) => word !== "" && word !== "api");
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

const tagOf = (path: string): string => path.split("/").find((part) => part !== "" && part !== "api") ?? "loopwright";
