/** What a request to one of the three far systems says, as far as the far end cares. */
export interface Asked {
  /** "POST /api/chat.postMessage": method and path, without the query. */
  readonly what: string;
  readonly text: string;
  /** Where the caller believes to be: `http://127.0.0.1:port`. */
  readonly origin: string;
}

export interface Answer {
  readonly body: object;
  readonly status?: number;
  /** The idempotency key that the write carried, where it was one. */
  readonly effect?: string;
}

type Reply = (asked: Asked) => Answer;

const ORGANISATION = "00DBENCH00000001AA";
const USER = "005BENCH00000001AA";
const BOT = { team: "Bench", team_id: "T0BENCH001", user: "loopwright", user_id: "U0BENCH001" };
const DATA = "/services/data/v62.0";

let made = 0;
/** Never the same number twice: what is created has a name of its own. */
const next = (): number => (made += 1);
const recordId = (prefix: string): string => `${prefix}BENCH${String(next()).padStart(8, "0")}AA`.slice(0, 18);

/** The key as each of them is given it: in Slack's metadata, in Jira's property, on Salesforce's effect object. */
const effectIn = (text: string): string => /lw_[a-z0-9]+/.exec(text)?.[0] ?? "without a key";

const field = (name: string, more: object = {}): object => ({ name, type: "string", createable: true, ...more });

const slack: Readonly<Record<string, Reply>> = {
  "POST /api/auth.test": () => ({ body: { ok: true, url: "https://bench.slack.com/", ...BOT } }),
  "POST /api/users.list": () => ({ body: { ok: true, members: [], response_metadata: { next_cursor: "" } } }),
  "POST /api/chat.postMessage": ({ text }) => {
    const ts = `1700000000.${String(next()).padStart(6, "0")}`;
    const message = { type: "message", user: BOT.user_id, ts, text: "" };
    const channel = new URLSearchParams(text).get("channel");
    return { body: { ok: true, channel, ts, message }, effect: effectIn(text) };
  },
};

const jira: Readonly<Record<string, Reply>> = {
  "GET /rest/api/3/myself": () => ({ body: { accountId: "5b10bench", displayName: "Bench", active: true } }),
  "GET /rest/api/3/project/search": () => ({ body: { values: [], startAt: 0, maxResults: 1, total: 1, isLast: true } }),
  "POST /rest/api/3/issue": ({ text, origin }) => {
    const id = String(10_000 + next());
    const self = `${origin}/rest/api/3/issue/${id}`;
    return { status: 201, body: { id, key: `RND-${id}`, self }, effect: effectIn(text) };
  },
};

const salesforce: Readonly<Record<string, Reply>> = {
  "POST /services/oauth2/token": ({ origin }) => ({
    body: {
      access_token: `${ORGANISATION}!bench`,
      instance_url: origin,
      id: `${origin}/id/${ORGANISATION}/${USER}`,
      token_type: "Bearer",
    },
  }),
  [`GET /id/${ORGANISATION}/${USER}`]: () => ({ body: { username: "ops@bench.example", display_name: "Ops" } }),
  [`GET ${DATA}/limits`]: () => ({ body: { DailyApiRequests: { Max: 5_000_000, Remaining: 4_900_000 } } }),
  [`GET ${DATA}/sobjects/Loopwright_Effect__c/describe`]: () => ({
    body: {
      fields: [
        field("Key__c", { unique: true, externalId: true }),
        field("Object__c"),
        field("Record_Id__c", { updateable: true }),
      ],
    },
  }),
  [`GET ${DATA}/sobjects/Task/describe`]: () => ({ body: { fields: [field("Subject")] } }),
  [`GET ${DATA}/sobjects/Case/describe`]: () => ({ body: { fields: [field("Subject")] } }),
  // The only thing that is asked for: the contact with an e-mail.
  [`GET ${DATA}/query`]: () => ({
    body: { totalSize: 1, done: true, records: [{ Id: "003BENCH00000001AA", AccountId: "001BENCH00000001AA" }] },
  }),
  [`POST ${DATA}/composite`]: ({ text }) => ({ body: compositeAnswer(text), effect: effectIn(text) }),
};

function compositeAnswer(text: string): object {
  const { compositeRequest } = JSON.parse(text) as { compositeRequest: { method: string; referenceId: string }[] };
  const compositeResponse = compositeRequest.map(({ method, referenceId }) => {
    if (method === "PATCH") return { referenceId, httpStatusCode: 204, body: null };
    return { referenceId, httpStatusCode: 201, body: { id: recordId("00T"), success: true, errors: [] } };
  });
  return { compositeResponse };
}

const replies: Readonly<Record<string, Reply>> = { ...slack, ...jira, ...salesforce };

/** Slack, Jira and Salesforce as far as one message, one issue and one task need them; 404 for everything else. */
export function answerAsFarSystem(asked: Asked): Answer {
  return replies[asked.what]?.(asked) ?? { status: 404, body: { error: `nobody asks for ${asked.what}` } };
}
