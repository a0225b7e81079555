import { ConnectorError } from "../outcome.js";

/** Everything a Jira path of ours is made of. What is not in here (`?`, `#`, `%2f`, blanks, backslashes) would change its meaning. */
const SEGMENT = /^[A-Za-z0-9._~@:$-]+$/;

/** Builds an address from parts that may hold user input; jira-client's own way decodes them, so that a `&` adds a parameter. */
export function safeUri(root: string, pathname: string, query: Readonly<Record<string, unknown>> = {}): string {
  const segments = pathname.split("/").filter((segment) => segment !== "");
  const bad = segments.find((segment) => !SEGMENT.test(segment) || segment === "." || segment === "..");
  if (bad !== undefined) throw refused(`“${bad}” cannot stand in a Jira address`);
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.append(name, scalar(name, value));
  }
  const suffix = search.size > 0 ? `?${search.toString()}` : "";
  return `${root}/${segments.join("/")}${suffix}`;
}

function scalar(name: string, value: unknown): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw refused(`the query parameter “${name}” is not a plain value`);
}

const refused = (message: string): ConnectorError =>
  new ConnectorError({ outcome: "REJECTED", code: "unsafe_address", message });
