import type { z } from "zod";
import type { HttpClient } from "./http.js";
import { ConnectorError } from "./outcome.js";
import type { Rehearsal } from "./rehearsal.js";

/**
 * The contract between Loopwright and a product of the outside world. A connector is one folder and one line in `index.ts`.
 * Definitions are values: the editor draws its forms from the schemas, the worker performs the functions.
 */

/** A workspace's authorised account on a product, unsealed for one call. */
export interface OpenConnection<Config = unknown, Secret = unknown> {
  readonly id: string;
  readonly config: Config;
  readonly secret: Secret;
  readonly http: HttpClient;
}

/** Everything a write or a look-up is given. */
export interface Call<Config = unknown, Secret = unknown> {
  readonly connection: OpenConnection<Config, Secret>;
  /** The effect's idempotency key, `lw_` + base32, `[a-z0-9_]` only: the same for every attempt of the same effect. */
  readonly key: string;
  readonly signal: AbortSignal;
  /** Total time for all requests of this call, headers and bodies, in milliseconds. */
  readonly deadlineMs: number;
  /** Must be called right before the bytes of a write leave; throws when the claim on the effect has grown too old to be safe. */
  readonly aboutToSend: () => void;
}

export interface LookUp<Config = unknown, Secret = unknown> extends Omit<Call<Config, Secret>, "aboutToSend"> {
  /** Nothing of this effect was sent before this moment; five minutes of clock skew are already taken off. */
  readonly since: Date;
  /** When the latest attempt that may have been applied was sent: what it did may turn up for a while after that. */
  readonly lastSentAt: Date;
  /** The database's clock as the look-up began. Compare with this one: the machine's may be minutes off. */
  readonly now: Date;
}

/** The effect as the remote system knows it. `output` holds what later steps may read, keyed as in `ActionDefinition.output`. */
export interface Sent {
  readonly externalId: string;
  readonly url: string | null;
  readonly output: Readonly<Record<string, unknown>>;
}

/**
 * `absent` is a proof: it may be sent now. `inconclusive` is not: look again later (`retryAfterMs`, else the action's own schedule).
 */
export type Found =
  | {
      readonly kind: "found";
      readonly sent: Sent;
      /** External ids of younger copies of the same effect; absent when there is one alone. */
      readonly doubled?: readonly string[];
    }
  | { readonly kind: "absent" }
  | { readonly kind: "inconclusive"; readonly reason: string; readonly retryAfterMs?: number };

/** Two external ids of one effect. */
export interface Doubled {
  readonly kept: string;
  readonly younger: string;
}

/** What an effect left in the remote system, to be taken away when the person it speaks of is erased. */
export interface CopyCall<Config = unknown, Secret = unknown> extends Omit<
  Call<Config, Secret>,
  "key" | "aboutToSend"
> {
  /** As `Sent.externalId` gave it. */
  readonly externalId: string;
}

/** What the remote system keeps of a copy although it was taken away. */
export type Remains = "jira_history" | "salesforce_recycle_bin";

/**
 * What became of a copy. `emptied`: the record stays, its words are gone. `gone`: it was not there any more. `foreign`: the record is not
 * ours to delete, a person decides.
 */
export interface CopyErased {
  readonly copy: "deleted" | "emptied" | "gone" | "foreign";
  readonly remains?: Remains;
}

export interface OutputField {
  readonly title: string;
  readonly type: "string" | "number" | "boolean" | "timestamp";
  /** What a dry run takes for it, where its name would not do: "SUP-123". */
  readonly sample?: string;
  /** Design section 8: clear outputs are shown to everyone and stored readable; secret ones are sealed. */
  readonly dataClass: "clear" | "secret";
}

export type ExactlyOnce = "proved" | "looked-up" | "none" | "author-says";

export type ConnectionFacts = Readonly<Record<string, string | number | boolean>>;

export interface ActionDefinition<Input, Config = unknown, Secret = unknown> {
  /** `connector.verbNoun`; with the major it is what a published flow freezes. */
  readonly name: string;
  readonly major: number;
  readonly title: string;
  /** One plain sentence with `{field}` placeholders: "Post to {channel}: {text}". */
  readonly sentence: string;
  /**
   * The node's form. Fields that take `{{ … }}` carry `.meta({ template: true })`; pickers carry `.meta({ options: "channels" })`
   * (a key of the connector's `options`); `.meta({ title, description, multiline, advanced })` shape the form. The rendered input is the request.
   */
  readonly input: z.ZodType<Input>;
  readonly output: Readonly<Record<string, OutputField>>;
  /** Total deadline of one attempt, milliseconds. */
  readonly deadlineMs: number;
  /**
   * Whether the remote system lets us find the effect by its key, as the editor tells the author. A function where it depends on
   * what the check of a connection found out; `find` follows the same facts.
   */
  readonly exactlyOnce: ExactlyOnce | ((facts: ConnectionFacts) => ExactlyOnce);
  /**
   * With "author-says": the yes-or-no field of the form by which the author says that the receiver honours the key. Yes: a doubt is
   * sent again with the same key; no: a person decides.
   */
  readonly honoursKey?: string;
  /** How long empty look-ups stay inconclusive before `onAmbiguous` decides, and the waits between them (milliseconds). */
  readonly doubt?: { readonly windowMs: number; readonly waitsMs: readonly number[] };
  /**
   * Where what was sent again in doubt may turn out to exist twice: so long after it settled it is looked up once more, and each
   * younger copy is marked by this (internal) action.
   */
  readonly doubles?: {
    readonly afterMs: number;
    /** `name@major` */
    readonly markWith: string;
    readonly requestFor: (copy: Doubled) => Readonly<Record<string, unknown>>;
  };
  /** Rate-slot scopes beside the connection itself: `channel:C1`, `issue:SUP-1`. */
  readonly scopes?: (input: Input) => readonly string[];
  /**
   * Fields of the form that colleagues read. E-mail addresses, phone, card and account numbers in them are masked, unless the text asks for
   * the contact's own by name, or its author says otherwise.
   */
  readonly masks?: readonly (keyof Input & string)[];
  /** Steps drawn by the palette; `internal` ones are performed by approvals and cases only. */
  readonly internal?: boolean;
  readonly send: (input: Input, call: Call<Config, Secret>) => Promise<Sent>;
  /** Absent: a doubt stays a doubt and `onAmbiguous` decides at once. */
  readonly find?: (input: Input, lookUp: LookUp<Config, Secret>) => Promise<Found>;
  /** May be repeated. Absent: what was sent cannot be called back, and a person is told where it went. */
  readonly erase?: (copy: CopyCall<Config, Secret>) => Promise<CopyErased>;
}

/** An action with its types closed over: requests are checked when they come back from storage. */
export interface Action extends Omit<ActionDefinition<unknown>, "send" | "find" | "scopes" | "erase" | "masks"> {
  readonly masks?: readonly string[];
  readonly scopes: (input: unknown) => readonly string[];
  readonly send: (input: unknown, call: Call) => Promise<Sent>;
  readonly find?: (input: unknown, lookUp: LookUp) => Promise<Found>;
  readonly erase?: (copy: CopyCall) => Promise<CopyErased>;
}

export interface ConnectionCheck {
  /** "Connected as {account} to {target}". */
  readonly account: string;
  readonly target: string;
  /** What the connection can and cannot do, in plain words, worst first. */
  readonly notes: readonly { readonly level: "ok" | "warning"; readonly message: string }[];
  /** Clear facts that actions need later, kept with the connection (team id, API version, `effectObject: true` …). */
  readonly facts: ConnectionFacts;
}

export interface PickerOption {
  /** A name where the system takes one and it is the only one of its name: flows go from one installation to another. */
  readonly value: string;
  /** The system's own id where the value is a name: what a flow may hold in its place. */
  readonly id?: string;
  readonly label: string;
  readonly hint?: string;
}

export interface RateLimit {
  /** Shortest time between two sends in this scope, milliseconds. */
  readonly intervalMs: number;
}

/** Which process may open a secret field: `inbound` the api, `outbound` the workers, `both` (Slack's bot token: a modal must open in time). */
export type SecretUse = "inbound" | "outbound" | "both";

export interface ConnectorDefinition<Config extends object, Secret extends object> {
  readonly name: string;
  readonly title: string;
  readonly config: z.ZodType<Config>;
  /** Each field is written, never read back. */
  readonly secret: z.ZodType<Secret>;
  readonly secretUse: Readonly<Record<keyof Secret & string, SecretUse>>;
  /** The only hosts (`host` or `host:port`) that this connection may talk to. */
  readonly hosts: (config: Config) => readonly string[];
  /** Rate limits by scope kind: "connection", "channel", "issue". */
  readonly rates: Readonly<Record<string, RateLimit>>;
  readonly check: (connection: OpenConnection<Config, Secret>, signal: AbortSignal) => Promise<ConnectionCheck>;
  /** `query` filters; `values` are the other fields of the form (a project for its issue types). */
  readonly options?: Readonly<Record<string, OptionLoader<Config, Secret>>>;
  /** Needed where an action reads, or signs in, before it writes. */
  readonly rehearsal?: Rehearsal<Config>;
  readonly actions: readonly Action[];
}

export type OptionLoader<Config, Secret> = (
  connection: OpenConnection<Config, Secret>,
  ask: { readonly query: string; readonly values: Readonly<Record<string, unknown>>; readonly signal: AbortSignal },
) => Promise<readonly PickerOption[]>;

/** A connector with its types closed over. */
export interface Connector extends Omit<
  ConnectorDefinition<object, object>,
  "hosts" | "check" | "options" | "secretUse" | "config" | "secret" | "rehearsal"
> {
  readonly rehearsal?: Rehearsal<unknown>;
  readonly config: z.ZodType<object>;
  readonly secret: z.ZodType<object>;
  readonly secretUse: Readonly<Record<string, SecretUse>>;
  readonly hosts: (config: unknown) => readonly string[];
  readonly check: (connection: OpenConnection, signal: AbortSignal) => Promise<ConnectionCheck>;
  readonly options: Readonly<Record<string, OptionLoader<unknown, unknown>>>;
}

export function defineAction<Input, Config = unknown, Secret = unknown>(
  definition: ActionDefinition<Input, Config, Secret>,
): Action {
  const { find, scopes, send, erase, ...rest } = definition;
  const typed = <C extends { connection: OpenConnection }>(call: C) =>
    // The connection was parsed by its connector's own schemas when it was opened.
    call as unknown as C & { connection: OpenConnection<Config, Secret> };
  const read = (input: unknown): Input => readInput(definition.input, input);
  return {
    ...rest,
    input: definition.input,
    scopes: (input) => scopes?.(read(input)) ?? [],
    send: async (input, call) => send(read(input), typed(call)),
    ...(find && { find: async (input: unknown, lookUp: LookUp) => find(read(input), typed(lookUp)) }),
    ...(erase && { erase: async (copy: CopyCall) => erase(typed(copy)) }),
  };
}

/** A stored request that its action cannot read is refused, not in doubt: nothing was sent. */
function readInput<Input>(schema: z.ZodType<Input>, input: unknown): Input {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = Object.fromEntries(
    result.error.issues.map(({ path, message }) => [path.map(String).join("."), message]),
  );
  throw new ConnectorError({
    outcome: "REJECTED",
    code: "input_invalid",
    message: "The request cannot be read.",
    fields,
  });
}

export function defineConnector<Config extends object, Secret extends object>(
  definition: ConnectorDefinition<Config, Secret>,
): Connector {
  const open = (connection: OpenConnection): OpenConnection<Config, Secret> => ({
    ...connection,
    config: definition.config.parse(connection.config),
    secret: definition.secret.parse(connection.secret),
  });
  const options = Object.entries<OptionLoader<Config, Secret>>(definition.options ?? {});
  const { rehearsal, ...rest } = definition;
  return {
    ...rest,
    ...(rehearsal && { rehearsal: rehearsalOf(rehearsal) }),
    hosts: (config) => definition.hosts(definition.config.parse(config)),
    check: (connection, signal) => definition.check(open(connection), signal),
    options: Object.fromEntries(
      options.map(([name, load]): [string, OptionLoader<unknown, unknown>] => [
        name,
        (connection, ask) => load(open(connection), ask),
      ]),
    ),
  };
}

/** The config was parsed by the connector's own schema when the connection was opened. */
const rehearsalOf = <Config>({ config, answer, ...rest }: Rehearsal<Config>): Rehearsal<unknown> => ({
  ...rest,
  ...(config && { config: (given: unknown) => config(given as Config) }),
  answer: (request, given) => answer(request, given as Config),
});
