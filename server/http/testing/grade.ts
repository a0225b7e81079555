import type { Answer } from "../../testing/http.js";

interface Rule {
  readonly why: string;
  /** Taken off 100. */
  readonly points: number;
  readonly fails: (answer: Seen) => boolean;
}

interface Seen {
  readonly header: (name: string) => string;
  readonly directives: ReadonlyMap<string, string>;
  readonly isSecure: boolean;
}

const scripts = ({ directives }: Seen): string => directives.get("script-src") ?? directives.get("default-src") ?? "*";

/** The points that MDN's HTTP Observatory takes off ("Tests & Scoring"), and some where it only gives less of a bonus. */
const RULES: readonly Rule[] = [
  { why: "no content security policy", points: 25, fails: ({ directives }) => directives.size === 0 },
  {
    why: "scripts inline, evaluated or from anywhere",
    points: 20,
    fails: (seen) => /unsafe|\*|data:|https?:/.test(scripts(seen)),
  },
  { why: "not denied by default", points: 5, fails: ({ directives }) => directives.get("default-src") !== "'none'" },
  { why: "can be framed", points: 20, fails: ({ directives }) => directives.get("frame-ancestors") !== "'none'" },
  { why: "its type may be guessed", points: 5, fails: ({ header }) => header("x-content-type-options") !== "nosniff" },
  { why: "says where one came from", points: 5, fails: ({ header }) => header("referrer-policy") !== "no-referrer" },
  {
    why: "others may embed it",
    points: 5,
    fails: ({ header }) => header("cross-origin-resource-policy") !== "same-origin",
  },
  { why: "others may read it", points: 50, fails: ({ header }) => header("access-control-allow-origin") !== "" },
  { why: "may use the device", points: 5, fails: ({ header }) => !header("permissions-policy").includes("camera=()") },
  { why: "says what it runs on", points: 5, fails: ({ header }) => header("server") + header("x-powered-by") !== "" },
  {
    why: "https is not kept for half a year at least",
    points: 20,
    fails: ({ header, isSecure }) => isSecure && secondsOf(header("strict-transport-security")) < 15_768_000,
  },
  {
    why: "a cookie that scripts or plain http may read",
    points: 40,
    fails: ({ header, isSecure }) => isLoose(header("set-cookie"), isSecure),
  },
];

const secondsOf = (header: string): number => Number(/max-age=(\d+)/.exec(header)?.[1] ?? 0);

const isLoose = (cookie: string, isSecure: boolean): boolean =>
  cookie !== "" &&
  !(
    /; HttpOnly/i.test(cookie) &&
    /; SameSite=(Lax|Strict)/i.test(cookie) &&
    (!isSecure || /^__Host-.*; Secure/i.test(cookie))
  );

/** 100 and no reasons: nothing to take off. */
export function grade({ headers }: Pick<Answer, "headers">, isSecure: boolean): { points: number; why: string[] } {
  const seen = { header: (name: string) => headers.get(name) ?? "", directives: directivesOf(headers), isSecure };
  const failed = RULES.filter(({ fails }) => fails(seen));
  return { points: 100 - failed.reduce((sum, { points }) => sum + points, 0), why: failed.map(({ why }) => why) };
}

const directivesOf = (headers: Headers): ReadonlyMap<string, string> =>
  new Map(
    (headers.get("content-security-policy") ?? "")
      .split(";")
      .map((directive) => directive.trim().split(/\s+/))
      .filter(([name]) => name !== "")
      .map(([name = "", ...values]) => [name, values.join(" ")]),
  );
