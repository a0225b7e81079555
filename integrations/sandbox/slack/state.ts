import type { Collection, World } from "../system.js";
import type {
  ChannelRow,
  FileRow,
  InteractionRow,
  MessageRow,
  OauthCodeRow,
  ResponseUrlRow,
  TokenRow,
  TriggerRow,
  UserRow,
  ViewRow,
} from "./rows.js";

export interface SlackState {
  readonly world: World;
  readonly users: Collection<UserRow>;
  readonly channels: Collection<ChannelRow>;
  readonly messages: Collection<MessageRow>;
  readonly tokens: Collection<TokenRow>;
  readonly views: Collection<ViewRow>;
  readonly triggers: Collection<TriggerRow>;
  readonly responseUrls: Collection<ResponseUrlRow>;
  readonly files: Collection<FileRow>;
  readonly oauthCodes: Collection<OauthCodeRow>;
  readonly interactions: Collection<InteractionRow>;
  /** A fresh message time stamp, later than every one before it. */
  nextTs(): string;
  channelMessages(channel: string): MessageRow[];
  putMessage(message: MessageRow): void;
}

const MICROS = 1_000_000;

export const formatTs = (micros: number): string =>
  `${Math.floor(micros / MICROS)}.${String(micros % MICROS).padStart(6, "0")}`;

export const parseTs = (ts: string): number => {
  const [seconds = "0", fraction = ""] = ts.split(".");
  return Number(seconds) * MICROS + Number(fraction.padEnd(6, "0").slice(0, 6));
};

export const messageId = (channel: string, ts: string): string => `${channel}:${ts}`;

const createTsSource = (world: World, messages: Collection<MessageRow>): (() => string) => {
  let last = messages.all().reduce((latest, message) => Math.max(latest, parseTs(message.ts)), 0);
  return () => {
    last = Math.max(last + 1, world.now() * 1000);
    return formatTs(last);
  };
};

export const openSlackState = (world: World): SlackState => {
  const messages = world.collection<MessageRow>("slack", "messages");
  return {
    world,
    users: world.collection("slack", "users"),
    channels: world.collection("slack", "channels"),
    messages,
    tokens: world.collection("slack", "tokens"),
    views: world.collection("slack", "views"),
    triggers: world.collection("slack", "triggers"),
    responseUrls: world.collection("slack", "responseUrls"),
    files: world.collection("slack", "files"),
    oauthCodes: world.collection("slack", "oauthCodes"),
    interactions: world.collection("slack", "interactions"),
    nextTs: createTsSource(world, messages),
    channelMessages: (channel) => messages.all().filter((message) => message.channel === channel),
    putMessage: (message) => {
      messages.put(messageId(message.channel, message.ts), message);
      world.changed("slack");
    },
  };
};
