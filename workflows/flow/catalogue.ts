/** What the flow language needs to know of the outside world; handed in, never imported. */

export type FieldType = "string" | "number" | "boolean" | "timestamp" | "list";

export interface FieldSpec {
  /** As written in expressions: `feedback.score`, `steps.ticket.key`. */
  readonly path: string;
  readonly title: string;
  readonly type: FieldType;
  readonly dataClass: "clear" | "secret";
  /** It may be missing, so a template or condition should say what then. */
  readonly optional: boolean;
}

export interface InputProblem {
  /** Path within the action's input: "summary". */
  readonly field: string;
  readonly message: string;
}

export interface ActionSpec {
  /** `name@major` */
  readonly ref: string;
  readonly title: string;
  /** "Post to {channel}: {text}" */
  readonly sentence: string;
  readonly connector: string;
  readonly needsConnection: boolean;
  /**
   * Input fields that hold Liquid templates (in strings, lists and maps); every other field is taken as it is. Templates give plain
   * text: making it harmless where it goes (Slack's `<!channel>`, HTML) is the connector's part.
   */
  readonly templateFields: readonly string[];
  /**
   * The yes-or-no input field that says what becomes of a doubt in place of the node's `onAmbiguous`: yes, it is sent again with
   * the same key; no, a person decides.
   */
  readonly honoursKey?: string;
  /** Input fields that colleagues read: what tells who somebody is is masked in them, unless the node shows it. */
  readonly masks?: readonly string[];
  readonly output: Readonly<
    Record<
      string,
      {
        readonly title: string;
        readonly type: FieldType;
        readonly dataClass: "clear" | "secret";
        /** What a dry run takes for it. */
        readonly sample?: string | undefined;
      }
    >
  >;
  /** Changes when the form changes. */
  readonly schemaHash: string;
  /**
   * Reads an input as the connector would; `rendered` says whether templates were already replaced. Problems of fields that
   * still hold `{{` or `{%` are ignored before rendering, so a plain schema check may leave `rendered` alone.
   */
  readonly check: (input: Readonly<Record<string, unknown>>, rendered: boolean) => readonly InputProblem[];
}

export interface Catalogue {
  readonly action: (ref: string) => ActionSpec | undefined;
  /** The connector of a workspace's connection; `undefined`: unknown, so publishing cannot tell whether it fits. */
  readonly connectorOf?: (connectionId: string) => string | undefined;
  /** Fields of feedback, contact and account (`baseFields`), with this workspace's declared attributes. */
  readonly fields: readonly FieldSpec[];
}

/** Everything an expression or a template may read; `steps` and `values` are filled from facts. Times are ISO strings. */
export interface FlowContext {
  readonly feedback: Readonly<Record<string, unknown>>;
  readonly contact: Readonly<Record<string, unknown>> | null;
  readonly account: Readonly<Record<string, unknown>> | null;
  /** What started the run in place of feedback: `at`, and for whoever did it `by` and what they filled in. */
  readonly start?: Readonly<Record<string, unknown>>;
  readonly run: { readonly id: string; readonly url: string };
}

/** Wall-clock arithmetic, given by the shell so that the core holds no zone data. */
export interface Zones {
  /** The first instant strictly after `from` at which clocks in `zone` show `time` (HH:MM) on one of `days` (1 Monday … 7 Sunday). */
  nextLocalTime(from: Date, at: { time: string; zone: string; days: readonly number[] }): Date;
}
