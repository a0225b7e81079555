import { createHash } from "node:crypto";
import { slackConfigSchema } from "../../integrations/slack/config.js";
import type { Interaction } from "../../integrations/slack/interaction.js";
import { startSocketMode, type SocketMode } from "../../integrations/slack/socket.js";
import type { InboundConnection } from "../connections/connection-execution.js";
import { originOf } from "./slack-gateway.js";
import type { Act, SlackOrigin } from "./slack-interactions.js";

export interface SlackSocketDependencies {
  readonly connections: () => Promise<readonly InboundConnection[]>;
  /** Among those that the same app-level token vouches for. */
  readonly originFor: (origins: readonly SlackOrigin[], about: Interaction) => Promise<SlackOrigin | undefined>;
  readonly act: Act;
  readonly onProblem: (error: unknown) => void;
}

/**
 * One socket for each app-level token: buttons without a public address. An app has one token, however many connections there are of
 * it, and Slack hands each click to any one of an app's sockets: which connection it is for, the click itself says.
 */
export function createSlackSockets({ connections, originFor, act, onProblem }: SlackSocketDependencies) {
  const open = new Map<string, SocketMode>();

  /** Asked anew at every click: connections of the app come and go while its socket stays. */
  async function answer(app: string, interaction: Interaction): Promise<object | undefined> {
    const own = (await connections()).filter((one) => appOf(one)?.name === app);
    const origin = await originFor(own.map(originOf), interaction);
    return origin && act(origin, interaction);
  }

  const start = ({ name, appToken, apiUrl }: App, { http }: InboundConnection): SocketMode =>
    startSocketMode({ appToken, apiUrl, http, onInteraction: (interaction) => answer(name, interaction), onProblem });

  async function close(name: string): Promise<void> {
    const socket = open.get(name);
    open.delete(name);
    await socket?.close();
  }

  return {
    /** Opens what is missing and closes what is not wanted any more: at the start, and when a connection changed. */
    async sync(): Promise<void> {
      const wanted = new Map<string, () => SocketMode>();
      for (const connection of await connections()) {
        const app = appOf(connection);
        if (app) wanted.set(app.name, () => start(app, connection));
      }
      await Promise.all([...open.keys()].filter((name) => !wanted.has(name)).map(close));
      for (const [name, begin] of wanted) if (!open.has(name)) open.set(name, begin());
    },
    async close(): Promise<void> {
      await Promise.all([...open.keys()].map(close));
    },
  };
}

interface App {
  readonly name: string;
  readonly appToken: string;
  readonly apiUrl: string;
}

/** Another token or address is another socket; null without a token. */
function appOf({ config, secrets }: InboundConnection): App | null {
  const { appToken } = secrets;
  if (!appToken) return null;
  const { apiUrl } = slackConfigSchema.parse(config);
  const name = createHash("sha256")
    .update(JSON.stringify([apiUrl, appToken]))
    .digest("hex");
  return { name, appToken, apiUrl };
}
