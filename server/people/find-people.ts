import { rootsOf } from "../contacts/contact-groups.js";
import { emailKey, externalKey, type IdentityKey } from "../contacts/identity.js";
import type { Reader } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";
import { endOfNumber, mentionsOf } from "./mentions.js";
import type { FoundContact, PeopleFound } from "./people-api.js";
import * as store from "./people-store.js";

interface Search {
  readonly reader: Reader;
  readonly vault: Vault;
  readonly workspaceId: string;
  readonly words: string;
  /** Also among what employees said. */
  readonly revealsEmployees: boolean;
}

/** Sealed rows that one search opens, and how many at a time. */
const MOST = 20_000;
const BATCH = 1_000;
const MOST_HELD = 1_000;

/** Everywhere that somebody may stand: as a contact, in what others said, in deliveries that could not be read. */
export async function findPeople(search: Search): Promise<PeopleFound> {
  const { reader, vault, workspaceId, words, revealsEmployees } = search;
  const known = await store.contactsKnownAs(reader, vault, { workspaceId, keys: await keysFor(search) });
  const mentioned = await mentionsOf(reader, vault, workspaceId, words);
  const contacts = await scan(search, {
    readBefore: store.contactsBefore,
    idOf: ({ id }) => id,
    matches: matchesContact(words),
  });
  const responses = await scan(search, {
    readBefore: store.revisionsBefore,
    idOf: ({ revisionId }) => revisionId,
    matches: matchesResponse(words),
  });
  // Whoever was merged is shown by who stands for them.
  const roots = await rootsOf(reader, [...known, ...contacts.found.map(({ id }) => id)]);
  const ids = [...new Set(roots.values())];
  const byMention = await store.revisionsOfResponses(reader, vault, { workspaceId, revealsEmployees, ids: mentioned });
  const held = await store.heldDeliveries(reader, vault, { workspaceId, revealsEmployees, limit: MOST_HELD });
  return {
    contacts: await store.contactsById(reader, vault, { workspaceId, ids }),
    responses: once([...byMention, ...responses.found]).map(
      ({ id, contactId, sourceName, receivedAt, comment, name }) => ({
        ...{ id, contactId, sourceName, receivedAt, comment, name },
      }),
    ),
    held: held
      .filter(({ text }) => holds(text, words))
      .map(({ id, sourceName, receivedAt }) => ({ id, sourceName, receivedAt })),
    read: {
      contacts: contacts.read,
      responses: responses.read,
      everything: contacts.everything && responses.everything && held.length < MOST_HELD,
    },
  };
}

async function keysFor({ reader, workspaceId, words }: Search): Promise<IdentityKey[]> {
  const external = (await store.sourceIds(reader, workspaceId)).map((id) => externalKey(id, words));
  return words.includes("@") ? [...external, emailKey(words)] : external;
}

type Before<Row> = (
  reader: Reader,
  vault: Vault,
  query: { workspaceId: string; revealsEmployees: boolean; before: string | null; limit: number },
) => Promise<Row[]>;

interface Scanned<Row> {
  readonly found: Row[];
  readonly read: number;
  readonly everything: boolean;
}

/** Opens the newest rows, a batch at a time, and keeps those that match. */
async function scan<Row>(
  { reader, vault, workspaceId, revealsEmployees }: Search,
  {
    readBefore,
    idOf,
    matches,
  }: { readBefore: Before<Row>; idOf: (row: Row) => string; matches: (row: Row) => boolean },
): Promise<Scanned<Row>> {
  const found: Row[] = [];
  let read = 0;
  let before: string | null = null;
  while (read < MOST) {
    const rows: Row[] = await readBefore(reader, vault, { workspaceId, revealsEmployees, before, limit: BATCH });
    read += rows.length;
    found.push(...rows.filter(matches));
    const last = rows.at(-1);
    if (rows.length < BATCH || !last) return { found, read, everything: true };
    before = idOf(last);
  }
  return { found, read, everything: false };
}

const matchesContact =
  (words: string) =>
  ({ name, email, phone }: FoundContact): boolean =>
    holds(name, words) || holds(email, words) || isNumber(phone, words);

/** Whoever gave no address and no id is no contact, and stands in what they said alone. */
const matchesResponse =
  (words: string) =>
  ({ comment, contactId, respondent: { name, email, phone } }: store.ReadRevision): boolean =>
    holds(comment, words) ||
    (contactId === null && (holds(name, words) || holds(email, words) || isNumber(phone, words)));

const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const holds = (text: string | null, words: string): boolean => text !== null && fold(text).includes(fold(words));

/** However it is written. */
function isNumber(phone: string | null, words: string): boolean {
  const [has, asked] = [phone ?? "", words].map(endOfNumber);
  return asked !== undefined && asked.length >= 6 && has === asked;
}

function once<Row extends { readonly id: string }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.toReversed().map((row) => [row.id, row])).values()].reverse();
}
