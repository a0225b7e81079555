import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { Webhook } from "standardwebhooks";
import { transact } from "../../../workflows/ledger/transact.js";
import { TOKEN_DAYS } from "../../members/token-api.js";
import { createApiToken } from "../../members/api-tokens.js";
import type { Role } from "../../members/member-api.js";
import { clientOf, type Answer, type Client } from "../../testing/http.js";
import type { Product } from "./product.js";

/** The API as a token of this role; every answer that is not an error is held against the published OpenAPI document. */
export async function apiAs({ runtime, url }: Product, role: Role, workspaceId?: string): Promise<Client> {
  const creator = { workspaceId: workspaceId ?? runtime.installation.workspaceId, kind: "system", id: null } as const;
  const { token } = await transact(runtime.db, (tx) =>
    createApiToken(tx, creator, { name: `test ${role}`, role, expiresInDays: TOKEN_DAYS.most }),
  );
  return checked(clientOf(url, { authorization: `Bearer ${token}` }), await readContract(url));
}

export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}
interface Operation {
  readonly operationId: string;
  readonly "x-access": string;
  readonly requestBody?: object;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

export const readOpenApi = async (url: string): Promise<OpenApi> =>
  (await (await fetch(`${url}/api/openapi.json`)).json()) as OpenApi;

type Contract = (method: string, path: string, answer: Answer) => void;

/** Throws where an answer is not what the document says. */
async function readContract(url: string): Promise<Contract> {
  const document = await readOpenApi(url);
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(document, "openapi");
  const places = Object.entries(document.paths).map(([path, operations]) => ({
    path,
    operations,
    at: matcherOf(path),
  }));
  const known = new Map<string, ValidateFunction>();
  const schemaAt = (path: string, method: string, status: string, type: string): ValidateFunction => {
    const parts = ["paths", path, method, "responses", status, "content", type, "schema"];
    const pointer = parts.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
    const made = known.get(pointer) ?? ajv.compile({ $ref: `openapi#/${pointer}` });
    known.set(pointer, made);
    return made;
  };
  return (method, fullPath, answer) => {
    if (answer.json === undefined || answer.status >= 400) return;
    const verb = method.toLowerCase();
    const [bare = ""] = fullPath.split("?");
    const place = places.find(({ at, operations }) => at.test(bare) && verb in operations);
    if (!place) return;
    const declared = place.operations[verb]?.responses[String(answer.status)];
    const type = typeOf(declared);
    const wrong = (why: string): Error => new Error(`${method} ${bare} answered ${answer.status}: ${why}`);
    if (!declared) throw wrong("which nothing says");
    if (!String(answer.headers.get("content-type")).startsWith(type)) throw wrong(`no ${type}`);
    // Of a file nothing is declared: it is whatever it is.
    if (!hasType(declared, type)) return;
    const validate = schemaAt(place.path, verb, String(answer.status), type);
    if (!validate(answer.json)) throw wrong(`${JSON.stringify(validate.errors)} in ${answer.text}`);
  };
}

type DeclaredAnswer = Operation["responses"][string];

const typeOf = (declared: DeclaredAnswer | undefined): string =>
  Object.keys(declared?.content ?? {})[0] ?? "application/json";

const hasType = ({ content = {} }: DeclaredAnswer, type: string): boolean => type in content;

const matcherOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`);

const checked =
  (client: Client, contract: Contract): Client =>
  async (method, path, body, headers) => {
    const answer = await client(method, path, body, headers);
    contract(method, path, answer);
    return answer;
  };

export interface SignedSource {
  readonly id: string;
  readonly secret: string;
}

export async function demoSource({ runtime, services }: Product): Promise<SignedSource> {
  const found = await transact(runtime.db, (tx) =>
    services.sources.revealed(tx, { workspaceId: runtime.installation.workspaceId, kind: "system", id: null }, "demo"),
  );
  if (!found) throw new Error("the demo's source is missing");
  return { id: found.row.id, secret: found.secret };
}

/** Headers of Standard Webhooks for these bytes. */
export function signed({ secret }: SignedSource, body: string, id = `msg_${Math.random().toString(36).slice(2)}`) {
  const now = new Date();
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, now, body),
  };
}

export interface HookAnswer extends Answer {
  readonly eventId: string;
  readonly runIds: readonly string[];
}

/** Posts a signed delivery to a source's address. */
export async function deliver({ url }: Product, source: SignedSource, payload: object | string): Promise<HookAnswer> {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  const response = await fetch(`${url}/hooks/${source.id}`, { method: "POST", body, headers: signed(source, body) });
  const text = await response.text();
  const json = JSON.parse(text) as { eventId: string; runIds: string[] };
  return { status: response.status, headers: response.headers, text, json, eventId: json.eventId, runIds: json.runIds };
}

let responses = 0;

/** What the demo's survey sends; each with an id of its own. */
export function aResponse(difference: object = {}) {
  responses += 1;
  return {
    responseId: `front-door-${responses}`,
    score: 3,
    comment: "The export fails with files over 10 MB.",
    name: "Sam Rivera",
    email: "sam.rivera@globex.example",
    account: "Globex",
    product: "App",
    submittedAt: "2026-03-02T09:00:00Z",
    ...difference,
  };
}
