import { csvLine } from "../http/csv-line.js";
import type { Entry } from "./oversight-api.js";

const columns: readonly (readonly [string, (entry: Entry) => string | number | null])[] = [
  ["kind", ({ kind }) => kind],
  ["id", ({ id }) => id],
  ["name", ({ name }) => name],
  ["product", ({ product }) => product],
  ["state", ({ state }) => state],
  ["risk_points", ({ risk }) => risk.points],
  ["risk_band", ({ risk }) => risk.band],
  ["risk_reasons", ({ risk }) => risk.reasons.map(({ code }) => code).join(" ")],
  ["owner", ({ ownerName }) => ownerName],
  ["purpose", ({ purpose }) => purpose],
  ["lawful_basis", ({ lawfulBasis }) => lawfulBasis],
  ["data_classes", ({ dataClasses }) => dataClasses.join(" ")],
  ["data_subjects", ({ dataSubjects }) => dataSubjects.join(" ")],
  ["region", ({ region }) => region],
  ["place", ({ place }) => place],
  ["agreement", ({ agreement }) => agreement],
  ["agreement_on", ({ agreementOn }) => agreementOn],
  ["agreement_reference", ({ agreementReference }) => agreementReference],
  ["yearly_cost", ({ yearlyCost }) => yearlyCost],
  ["currency", ({ currency }) => currency],
  ["credential_owner", ({ credentialOwnerName }) => credentialOwnerName],
  ["credential_expires_on", ({ credentialExpiresOn }) => credentialExpiresOn],
  ["retention", ({ retention }) => retention],
  ["last_event_at", ({ lastEventAt }) => lastEventAt],
  ["events_30_days", ({ events }) => events],
  ["flows", ({ flows }) => flows.map(({ name }) => name).join("; ")],
];

export const registryCsv = (entries: readonly Entry[]): string =>
  [
    csvLine(columns.map(([name]) => name)),
    ...entries.map((entry) => csvLine(columns.map(([, read]) => read(entry)))),
  ].join("");
