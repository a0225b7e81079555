import { json, type Received, type Respond } from "../../testing/fake-server.js";

/** One answer by path below the API's root ("GET /limits"); a function sees the request. */
export type Routes = Readonly<Record<string, unknown>>;

export const apiError = (errorCode: string, message = errorCode, more: object = {}) => [
  { errorCode, message, ...more },
];

export const CONTACT = { Id: "003000000000001AAA", AccountId: "001000000000001AAA" };
export const ORG = { user: "005000000000001AAA", org: "00D000000000001EAA" };

export interface OrgOptions {
  /** Called for every token request; the answer's token is "token-<n>". */
  readonly onToken?: (request: Received) => void;
}

/** A Salesforce that signs anyone in, knows one contact, and answers everything else from the table. */
export function org(routes: Routes, options: OrgOptions = {}): Respond {
  let tokens = 0;
  return (request, response) => {
    const { pathname, origin } = new URL(request.url, `http://${String(request.headers["host"])}`);
    if (pathname === "/services/oauth2/token") {
      options.onToken?.(request);
      tokens += 1;
      const id = `https://login.salesforce.com/id/${ORG.org}/${ORG.user}`;
      json(200, { access_token: `token-${tokens}`, instance_url: origin, id, token_type: "Bearer" })(request, response);
      return;
    }
    const name = `${request.method} ${pathname.replace(/^\/services\/data\/v\d+\.0/, "")}`;
    const route = routes[name] ?? (isContactQuery(request) ? { records: [CONTACT] } : undefined);
    if (isRespond(route)) route(request, response);
    else if (route === undefined) json(501, apiError("NO_SUCH_ROUTE", name))(request, response);
    else json(200, route)(request, response);
  };
}

const isRespond = (route: unknown): route is Respond => typeof route === "function";

const isContactQuery = ({ url }: Received): boolean => soqlOf(url)?.includes("FROM Contact") ?? false;

export const soqlOf = (url: string): string | null => new URL(url, "http://x").searchParams.get("q");
