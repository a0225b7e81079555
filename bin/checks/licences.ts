import { delivered, type Installed, type Lock } from "./lock.js";

/** Ask nothing of whoever runs Loopwright but to keep the notices, which every package brings with it. */
const ALLOWED: ReadonlySet<string> = new Set([
  "MIT",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "BlueOak-1.0.0",
  "Unlicense",
  "Apache-2.0 AND MIT",
  "(MIT OR CC0-1.0)",
]);

export interface Exception {
  readonly licence: string;
  readonly reason: string;
}

/** One package each, by name; a licence that it does not have any more is a problem too. */
export const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  "@fontsource-variable/inter": {
    licence: "OFL-1.1",
    reason: "A font: it may be bundled and served with any program, and is not changed here.",
  },
  "caniuse-lite": {
    licence: "CC-BY-4.0",
    reason: "Data that the bundler of workflows reads; nothing of it is in what is built. Its notice names the source.",
  },
  unionfs: {
    licence: "none named",
    reason: "Its package.json names none; its LICENSE file is the Unlicense, word for word.",
  },
};

/** The licence that a package names. */
export type LicenceOf = (installed: Installed) => string | undefined;

/** Of what is delivered. */
export function licenceProblems(
  lock: Lock,
  licenceOf: LicenceOf,
  exceptions: Readonly<Record<string, Exception>> = EXCEPTIONS,
): string[] {
  const judged = delivered(lock);
  const names = new Set(judged.map(({ name }) => name));
  return [
    ...judged.flatMap((one) => problemOf(one.place, licenceOf(one) ?? "none named", exceptions[one.name])),
    ...Object.keys(exceptions)
      .filter((name) => !names.has(name))
      .map((name) => `the licence of ${name} is excepted, but it is not delivered any more: leave it out`),
  ];
}

function problemOf(place: string, licence: string, exception: Exception | undefined): string[] {
  if (exception && exception.licence !== licence)
    return [`${place}: its licence is ${licence}, but ${exception.licence} was excepted: judge it again`];
  if (exception || ALLOWED.has(licence)) return [];
  return [`${place}: its licence is ${licence}, which is not on the list in bin/checks/licences.ts`];
}
