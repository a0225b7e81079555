import { SALESFORCE_ACCOUNT } from "../../sandbox-accounts.js";

export interface ApiErrorEntry {
  readonly errorCode: string;
  readonly message: string;
  readonly fields?: readonly string[];
  readonly duplicateResut?: { readonly allowSave: boolean; readonly matchResults: readonly unknown[] };
}

/** The parts of Salesforce's answers that the tests look at; a part that is missing fails the test that reads it. */
export interface Answer {
  readonly id: string;
  readonly success: boolean;
  readonly created: boolean;
  readonly access_token: string;
  readonly error: string;
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl: string;
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly compositeResponse: readonly {
    readonly httpStatusCode: number;
    readonly referenceId: string;
    readonly body: unknown;
    readonly httpHeaders: Readonly<Record<string, string>>;
  }[];
}

export interface RawReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Answer;
  readonly errors: readonly ApiErrorEntry[];
}

export interface Request {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
}

export type RawSalesforce = (method: string, path: string, request?: Request) => Promise<RawReply>;

export async function tokenOf(url: string, form: Readonly<Record<string, string>> = {}): Promise<RawReply> {
  const { clientId, clientSecret } = SALESFORCE_ACCOUNT;
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    ...form,
  });
  return readReply(await fetch(`${url}/services/oauth2/token`, { method: "POST", body }));
}

/** Plain requests below /services/data/v62.0 with a token of the integration user. */
export async function rawSalesforce(url: string): Promise<RawSalesforce> {
  const { body: granted } = await tokenOf(url);
  return async (method, path, { body, headers, token = granted.access_token } = {}) => {
    const address = path.startsWith("/services") || path.startsWith("/id") ? path : `/services/data/v62.0${path}`;
    const content = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    const sent = { Authorization: `Bearer ${token}`, "Content-Type": "application/json", ...headers };
    return readReply(await fetch(url + address, { method, headers: sent, redirect: "manual", ...content }));
  };
}

async function readReply(response: Response): Promise<RawReply> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  const parsed: unknown = JSON.parse(isJson ? text : "{}");
  const errors = Array.isArray(parsed) ? (parsed as ApiErrorEntry[]) : [];
  return { status: response.status, headers: response.headers, text, body: parsed as Answer, errors };
}

export const queryPath = (soql: string): string => `/query?q=${encodeURIComponent(soql)}`;
