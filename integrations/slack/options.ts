import { z } from "zod";
import type { OptionLoader, PickerOption } from "../connector.js";
import { byName, type NamedOption } from "../by-name.js";
import { withoutGroups } from "./channel-id.js";
import { slackApi, type SlackApi } from "./client.js";
import type { SlackConfig, SlackSecret } from "./config.js";

const DEADLINE_MS = 15_000;
const PAGE = 200;
/** Pages read for one list, and options shown: a longer list is narrowed by typing. */
const MAX_PAGES = 25;
const MAX_OPTIONS = 200;

const cursorSchema = { response_metadata: z.object({ next_cursor: z.string().optional() }).optional() };
const channelsSchema = z.object({
  ...cursorSchema,
  channels: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      is_private: z.boolean().optional(),
      is_member: z.boolean().optional(),
    }),
  ),
});
const peopleSchema = z.object({
  ...cursorSchema,
  members: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      real_name: z.string().optional(),
      deleted: z.boolean().optional(),
      is_bot: z.boolean().optional(),
    }),
  ),
});

type Load = OptionLoader<SlackConfig, SlackSecret>;

export const channelOptions: Load = async (connection, { query, signal }) => {
  const api = slackApi({ connection, signal, deadlineMs: DEADLINE_MS });
  return byName(await withoutGroups((types) => listChannels(api, query, types)));
};

export const peopleOptions: Load = async (connection, { query, signal }) => {
  const api = slackApi({ connection, signal, deadlineMs: DEADLINE_MS });
  const wanted = (option: PickerOption) => matches(query, option.label, option.hint);
  return collect(async (cursor) => {
    const page = await api.read("users.list", { limit: PAGE, ...cursor }, peopleSchema);
    return {
      next: page.response_metadata?.next_cursor,
      options: page.members.filter(isPerson).map(personOption).filter(wanted),
    };
  });
};

function listChannels(api: SlackApi, query: string, types: string): Promise<NamedOption[]> {
  return collect(async (cursor) => {
    const args = { types, exclude_archived: true, limit: PAGE, ...cursor };
    const page = await api.read("conversations.list", args, channelsSchema);
    const options = page.channels.filter(({ name }) => matches(query.replace(/^#/, ""), name)).map(channelOption);
    return { next: page.response_metadata?.next_cursor, options };
  });
}

type Channel = z.infer<typeof channelsSchema>["channels"][number];
type Person = z.infer<typeof peopleSchema>["members"][number];

const channelOption = ({ id, name, is_private: closed, is_member: inside }: Channel): NamedOption => ({
  value: `#${name}`,
  id,
  label: `#${name}`,
  ...(closed === true ? { hint: "private" } : inside === false && { hint: "the app joins when it first posts" }),
});

const isPerson = ({ id, deleted, is_bot: bot }: Person): boolean => !deleted && !bot && id !== "USLACKBOT";

const personOption = ({ id, name, real_name: realName }: Person): PickerOption => ({
  value: id,
  label: realName?.trim() ? realName : name,
  hint: `@${name}`,
});

const matches = (query: string, ...texts: (string | undefined)[]): boolean =>
  texts.some((text) => text?.toLowerCase().includes(query.trim().toLowerCase()));

interface Page<Option> {
  readonly next: string | undefined;
  readonly options: readonly Option[];
}

async function collect<Option extends PickerOption>(
  load: (cursor: { cursor?: string }) => Promise<Page<Option>>,
): Promise<Option[]> {
  const found: Option[] = [];
  let cursor: { cursor?: string } = {};
  for (let page = 0; page < MAX_PAGES && found.length < MAX_OPTIONS; page++) {
    const { next, options } = await load(cursor);
    found.push(...options);
    if (!next) break;
    cursor = { cursor: next };
  }
  return found.slice(0, MAX_OPTIONS).sort((a, b) => a.label.localeCompare(b.label));
}
