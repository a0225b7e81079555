import { z } from "zod";
import { flowUsages } from "./flow-usage.js";
import { roleSchema } from "../members/member-api.js";
import { LINK_MS } from "../members/sign-in.js";
import { grantedSchema, TOKEN_DAYS } from "../members/token-api.js";
import { flowTestUsage } from "./flow-test-usage.js";

interface OptionUsage {
  /** What stands for the value; null for a switch. */
  readonly value: string | null;
  readonly words: string;
}

/** One command as a person reads it, and what it accepts. */
export interface Usage {
  readonly does: string;
  /** Words after the command's own, in order: the names under which `input` reads them. */
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, OptionUsage>>;
  /** Options and words, by name. Its messages say what the person should give instead. */
  readonly input: z.ZodType;
  readonly example: string;
  /** What the example prints. */
  readonly prints: string;
}

const MOST_MINUTES = LINK_MS.longest / 60_000;
const { usual: USUAL_DAYS, most: MOST_DAYS } = TOKEN_DAYS;
const roles = roleSchema.options.join(", ");
const roleWords = `--role must be one of ${roles}, or --permissions must say what it may do`;
const minutesWords = `--minutes must be a number from 1 to ${MOST_MINUTES}`;
const daysWords = `--expires-days must be a number from 1 to ${MOST_DAYS}`;
const permissionWords = `--permissions takes, apart by commas: ${grantedSchema.options.join(", ")}`;
const timeWords = "restore point needs the time that the backup reaches, with its zone: 2026-05-04T12:00:00Z";

/** Apart by commas, as people write them. */
const listOf = <Item extends z.ZodType<string, string>>(item: Item) =>
  z
    .string()
    .transform((text) => text.split(",").map((word) => word.trim()))
    .pipe(z.array(item));

const noInput = z.object({});
export const signInLinkInput = z.object({
  email: z.email("--email must be an address").optional(),
  minutes: z.coerce
    .number(minutesWords)
    .int(minutesWords)
    .min(1, minutesWords)
    .max(MOST_MINUTES, minutesWords)
    .default(MOST_MINUTES),
  "if-needed": z.boolean().default(false),
});
export const adminInput = z.object({
  email: z.email("--email must be an address"),
  name: z.string().optional(),
  "password-stdin": z.boolean().default(false),
});
export const tokenInput = z
  .object({
    role: z.enum(roleSchema.options, roleWords).optional(),
    permissions: listOf(z.enum(grantedSchema.options, permissionWords)).optional(),
    flows: listOf(z.uuid("--flows takes ids of flows, apart by commas")).optional(),
    sources: listOf(z.uuid("--sources takes ids of sources, apart by commas")).optional(),
    connections: listOf(z.uuid("--connections takes ids of connections, apart by commas")).optional(),
    name: z.string().default("Command line"),
    "expires-days": z.coerce
      .number(daysWords)
      .int(daysWords)
      .min(1, daysWords)
      .max(MOST_DAYS, daysWords)
      .default(USUAL_DAYS),
  })
  .refine(({ role, permissions }) => (role === undefined) !== (permissions === undefined), roleWords);
export const sourceInput = z.object({
  slug: z.string("source show needs the source's short name, as its page shows it: demo"),
  json: z.boolean().default(false),
});
export const pointInput = z.object({
  time: z.iso
    .datetime({ offset: true, error: timeWords })
    .transform((time) => new Date(time))
    .refine((time) => time <= new Date(), "restore point needs a time in the past: that of the backup."),
});
export const verifyInput = z.object({
  heads: z.string().optional(),
  key: listOf(z.base64("--key takes public keys in base64, as lines of the heads file name them")).optional(),
});

export const grantsInput = z.object({
  role: z
    .string("audit grants needs the role that the product connects as")
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, "A role's name has small letters, digits and _"),
});
/** What `keys rotate` may be told to do. */
const rotatable = ["workspace", "connections"] as const;
export type Rotatable = (typeof rotatable)[number];
export const dropInput = z.object({
  id: z
    .string("keys drop-kek needs the key's id, as keys status shows it")
    .regex(/^[0-9a-f]{16}$/, "An id has 16 digits from 0 to f: keys status shows it"),
});
export const rotateInput = z.object({ what: z.enum(rotatable, `--what must be one of ${rotatable.join(", ")}`) });

const none = { words: [], options: {}, input: noInput };

export const usages = {
  "sign-in-link": {
    ...none,
    does: "Prints a one-time link that signs the first admin in, or the member with this address.",
    options: {
      email: { value: "ADDRESS", words: "whom; the first admin unless told" },
      minutes: { value: "N", words: `how long it is good for; ${MOST_MINUTES} (a day) unless told` },
      "if-needed": { value: null, words: "the address alone where an admin has a password, passkey or provider" },
    },
    input: signInLinkInput,
    example: "sign-in-link --minutes 10",
    prints: "the link alone",
  },
  "admin create": {
    ...none,
    does: "Makes an admin, or finds the one with this address, and prints a one-time link for them.",
    options: {
      email: { value: "ADDRESS", words: "whom; needed" },
      name: { value: "NAME", words: "what others see; the address unless told" },
      "password-stdin": { value: null, words: "their password is read from standard input" },
    },
    input: adminInput,
    example: 'admin create --email grace@example.com --name "Grace"',
    prints: "the link alone",
  },
  "token create": {
    ...none,
    does: "Makes an API token for a program. It is shown this once.",
    options: {
      role: { value: "ROLE", words: `what it may do: ${roles}` },
      permissions: { value: "LIST", words: "in the role's place: single permissions, such as flows:read,runs:read" },
      flows: { value: "IDS", words: "the only flows that it reaches, with their runs and approvals" },
      sources: { value: "IDS", words: "the only sources that it reaches, with their feedback" },
      connections: { value: "IDS", words: "the only connections that it reaches" },
      name: { value: "NAME", words: 'what the list of tokens calls it; "Command line" unless told' },
      "expires-days": { value: "DAYS", words: `how long it is good for, 1 to ${MOST_DAYS}; ${USUAL_DAYS} unless told` },
    },
    input: tokenInput,
    example: 'token create --role viewer --name "Dashboard" --expires-days 30',
    prints: "the token alone",
  },
  "source show": {
    ...none,
    does: "Shows a source's address and signing secret.",
    words: ["slug"],
    options: { json: { value: null, words: "as JSON on one line" } },
    input: sourceInput,
    example: "source show demo --json",
    prints: '{"id":"…","url":"…","secret":"…"}',
  },
  ...flowUsages,
  "flow test": flowTestUsage,
  "audit verify": {
    ...none,
    does: "Follows the chain of every workspace's audit, and says where something was changed, added or taken away.",
    options: {
      heads: { value: "FILE", words: "signed ends that were kept elsewhere; the data folder's own unless told" },
      key: {
        value: "LIST",
        words: "public keys that signed earlier, in base64, beside those of the keys that are held",
      },
    },
    input: verifyInput,
    example: "audit verify --heads /mnt/archive/audit-heads.jsonl",
    prints: "My workspace: 1204 events, 14 signed ends. The chain is whole.",
  },
  "audit grants": {
    ...none,
    does: "Prints SQL for a PostgreSQL of your own: a role that runs the product and can take nothing out of the audit.",
    words: ["role"],
    input: grantsInput,
    example: "audit grants loopwright_app",
    prints: "grant usage on schema public to loopwright_app; …",
  },
  "keys status": {
    ...none,
    does: "Says which keys there are, how old each is and what it wraps.",
    example: "keys status",
    prints: "KEK 0f3c5a7e9b1d2f4a, in use, 41 days old: wraps connections (8), sources (2), workspace keys (2)",
  },
  "keys rotate-kek": {
    ...none,
    does: "Makes a new key-encryption key while the product runs, and wraps everything by it. Cut off, it goes on when asked again.",
    example: "keys rotate-kek",
    prints: "what was done, and what to do with the key before",
  },
  "keys drop-kek": {
    ...none,
    does: "Takes a key-encryption key away that wraps nothing any more.",
    words: ["id"],
    input: dropInput,
    example: "keys drop-kek 0f3c5a7e9b1d2f4a",
    prints: "that it is gone",
  },
  "keys rotate": {
    ...none,
    does: "Gives workspaces, or secrets of connections and sources, new keys while the product runs.",
    options: {
      what: { value: "KIND", words: `${rotatable.join(" or ")}: which keys; needed` },
    },
    input: rotateInput,
    example: "keys rotate --what workspace",
    prints: "Every workspace has a new key, which wraps all 5120 keys that the one before wrapped.",
  },
  migrate: {
    ...none,
    does: "Brings the database up to date. Every start and every other command does so too.",
    example: "migrate",
    prints: "The database is up to date.",
  },
  "restore status": {
    ...none,
    does: "Says whether effects go out, and which backups were restored.",
    example: "restore status",
    prints: "Effects go out.",
  },
  "restore point": {
    ...none,
    does: "After a backup was restored: names the moment that it reaches. What may have gone out since is looked up.",
    words: ["time"],
    input: pointInput,
    example: "restore point 2026-05-04T12:00:00Z",
    prints: "what restore status prints",
  },
  "restore none": {
    ...none,
    does: "After the database was moved or upgraded and nothing was lost: lets effects go out again.",
    example: "restore none",
    prints: "what restore status prints",
  },
} as const satisfies Readonly<Record<string, Usage>>;

export type CommandName = keyof typeof usages;

const COMMAND = "npm run --silent cli --";

const optionText = (name: string, value: string | null): string => `--${name}${value === null ? "" : ` ${value}`}`;

const columns = (rows: readonly (readonly [string, string])[]): string[] => {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
};

/** What a command does, its options and an example. */
export function describeCommand(name: CommandName): string {
  const { does, words, options, example, prints }: Usage = usages[name];
  const given = Object.entries(options);
  const synopsis = [name, ...words.map((word) => word.toUpperCase()), ...(given.length > 0 ? ["[options]"] : [])];
  const rows = given.map(([option, { value, words: told }]): [string, string] => [optionText(option, value), told]);
  return [
    does,
    `\nUsage: ${COMMAND} ${synopsis.join(" ")}`,
    "\nOptions:",
    ...columns([...rows, ["--help", "this text"]]),
    `\nExample, which prints ${prints}:\n  ${COMMAND} ${example}`,
  ].join("\n");
}

/** Every command, or those of one group such as `token`. */
export function describeCommands(names: readonly CommandName[]): string {
  return [
    `Usage: ${COMMAND} COMMAND [options]`,
    "\nCommands:",
    ...columns(names.map((name) => [name, usages[name].does])),
    `\nWhat one takes: ${COMMAND} ${names[0] ?? "COMMAND"} --help`,
  ].join("\n");
}
