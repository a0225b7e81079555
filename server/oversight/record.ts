import type { Entry } from "./oversight-api.js";

/** GDPR, article 30(1): each processing, whom its data reaches, and how it is protected. Null: nobody has said. */
export interface ProcessingRecord {
  readonly madeAt: string;
  readonly controller: string;
  readonly processings: readonly Processing[];
  readonly recipients: readonly Recipient[];
  readonly securityMeasures: readonly string[];
}

interface Told extends Pick<Entry, "lawfulBasis" | "dataSubjects" | "dataClasses" | "retention"> {
  readonly name: string;
  readonly owner: string | null;
  readonly purpose: string | null;
  readonly place: Place;
}
interface Place extends Pick<Entry, "region" | "place" | "agreement" | "agreementOn" | "agreementReference"> {
  /** Outside the European Economic Area. */
  readonly transfer: boolean | null;
}
interface Processing extends Told {
  /** Names of connections that a flow takes its data to. */
  readonly recipients: readonly string[];
  /** Of those, where it leaves the European Economic Area. */
  readonly transfers: readonly string[];
  /** Those of whom nobody said where they are: whether it leaves is not known. */
  readonly unplaced: readonly string[];
}
interface Recipient extends Told {
  readonly product: string;
}

/** Each source is a processing; each connection is somebody whom its data may reach, by the flows that name both. */
export function recordOf(
  entries: readonly Entry[],
  { controller, now }: { readonly controller: string; readonly now: Date },
): ProcessingRecord {
  const sources = entries.filter(({ kind }) => kind === "source");
  const connections = entries.filter(({ kind }) => kind === "connection");
  return {
    madeAt: now.toISOString(),
    controller,
    processings: sources.map((source) => processingOf(source, connections)),
    recipients: connections.map((connection) => ({ product: connection.product, ...toldOf(connection) })),
    securityMeasures,
  };
}

function processingOf(source: Entry, connections: readonly Entry[]): Processing {
  const flows = new Set(source.flows.map(({ id }) => id));
  const reached = connections.filter((connection) => connection.flows.some(({ id }) => flows.has(id)));
  return {
    ...toldOf(source),
    recipients: reached.map(({ name }) => name),
    transfers: [source, ...reached]
      .filter((one) => isTransfer(one) === true)
      .map(({ name, place }) => `${name} (${place ?? "country not said"})`),
    unplaced: [source, ...reached].filter((one) => isTransfer(one) === null).map(({ name }) => name),
  };
}

const toldOf = (entry: Entry): Told => ({
  name: entry.name,
  owner: entry.ownerName,
  purpose: entry.purpose,
  lawfulBasis: entry.lawfulBasis,
  dataSubjects: entry.dataSubjects,
  dataClasses: entry.dataClasses,
  retention: entry.retention,
  place: {
    ...{ region: entry.region, place: entry.place, transfer: isTransfer(entry), agreement: entry.agreement },
    ...{ agreementOn: entry.agreementOn, agreementReference: entry.agreementReference },
  },
});

const isTransfer = ({ region }: Entry): boolean | null =>
  region === null ? null : region === "third" || region === "adequate";

/** In general, as article 30(1)(g) asks. */
const securityMeasures = [
  "Names, addresses, words and rendered requests are sealed with AES-256-GCM under a key for each person, which is deleted with them.",
  "Deliveries are accepted with a valid signature only.",
  "Credentials of other systems are enveloped, never shown again, and opened only by the process that sends.",
  "Access is by role and by permission; tokens may be narrowed to single flows, sources and connections.",
  "Every change, decision and export is written to an audit log that is chained and signed.",
  "E-mail addresses, phone, card and account numbers are masked in messages unless a step shows them.",
  "A person is erased here, in copies elsewhere, and in what is restored later; a signed receipt says so.",
] as const;
