/** What the Slack sandbox keeps; every row is plain JSON. */

export type Json = Readonly<Record<string, unknown>>;

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly title: string;
  readonly email?: string;
  readonly isBot: boolean;
}

export interface ChannelRow {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly kind: "channel" | "im";
  readonly created: number;
  readonly creator: string;
  readonly members: readonly string[];
  readonly archived: boolean;
}

export interface MessageRow {
  readonly channel: string;
  /** "1503435956.000247": a string, strictly increasing, and the message's id within its channel. */
  readonly ts: string;
  readonly user: string;
  /** Absent for people's messages. */
  readonly botId?: string;
  readonly text: string;
  readonly blocks?: readonly Json[];
  readonly metadata?: { readonly event_type: string; readonly event_payload: Json };
  readonly threadTs?: string;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly reactions?: readonly { readonly name: string; readonly users: readonly string[] }[];
  readonly clientMsgId?: string;
  readonly files?: readonly string[];
  /** Only this user sees it, and no history has it. */
  readonly ephemeralTo?: string;
}

export interface TokenRow {
  readonly token: string;
  readonly kind: "bot" | "app";
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly issuedAt: number;
  readonly revoked?: boolean;
}

export interface ViewRow {
  readonly id: string;
  readonly user: string;
  readonly view: Json;
  readonly hash: string;
  readonly rootId: string;
  readonly previousId?: string;
  readonly open: boolean;
}

export interface TriggerRow {
  readonly id: string;
  readonly user: string;
  readonly issuedAt: number;
  readonly used: boolean;
}

export interface ResponseUrlRow {
  readonly ticket: string;
  readonly channel: string;
  readonly ts?: string;
  readonly user: string;
  readonly issuedAt: number;
  readonly uses: number;
}

export interface FileRow {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly user: string;
  readonly created: number;
  /** Secret part of the upload address. */
  readonly ticket: string;
  readonly length: number;
  readonly received: number | null;
  readonly contentBase64: string;
  readonly channel?: string;
}

export interface OauthCodeRow {
  readonly code: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly issuedAt: number;
  readonly used: boolean;
}

/** A click or a submitted form, and what became of it; the page shows those that the app did not answer. */
export interface InteractionRow {
  readonly id: string;
  readonly at: number;
  readonly type: string;
  readonly user: string;
  readonly actionId?: string;
  readonly channel?: string;
  readonly ts?: string;
  readonly viewId?: string;
  readonly transport: "http" | "socket";
  readonly outcome: "waiting" | "acknowledged" | "app did not respond";
  readonly status: number | null;
}
