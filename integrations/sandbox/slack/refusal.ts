/** Slack's "no": HTTP 200 with ok:false, so that it is thrown and turned into an answer in one place. */
export class SlackRefusal extends Error {
  readonly body: Readonly<Record<string, unknown>>;
  constructor(error: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(error);
    this.body = { ok: false, error, ...extra };
  }
}

/** Argument errors name what was wrong, as Slack does: "[ERROR] missing required field: channel". */
export const argumentRefusal = (error: string, ...messages: string[]): SlackRefusal =>
  new SlackRefusal(error, { response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) } });
