import { fetched, type Installed, type Lock, type Manifest } from "./lock.js";

const REGISTRY = "https://registry.npmjs.org/";
const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/;
const VERSION = /^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/;
/** A range, a tag or another name for a package of the registry: anything else would be fetched from elsewhere. */
const FROM_REGISTRY = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?[\w\s.*^~<>=|+-]*$/;
const IN_REPOSITORY = /^file:\.\/(?!.*\.\.)[\w./-]+$/;

/** What in the lock could bring other bytes than those that were looked at, or run a script that nobody allowed. */
export function lockProblems(lock: Lock, manifest: Manifest): string[] {
  return [
    ...fetched(lock).flatMap(entryProblems),
    ...linkProblems(lock),
    ...specProblems(lock, manifest),
    ...scriptProblems(lock, manifest),
  ];
}

function entryProblems({ place, name, entry }: Installed): string[] {
  const { version = "", resolved, integrity = "" } = entry;
  const problems: string[] = [];
  if (!VERSION.test(version)) problems.push(`${place}: its version is "${version}", not one of the registry`);
  if (!SHA512.test(integrity)) problems.push(`${place}: its integrity is not a SHA-512 hash`);
  if (resolved !== undefined && !isOfRegistry(resolved, name))
    problems.push(`${place}: is fetched from ${resolved}, not from ${REGISTRY}${name}`);
  return problems;
}

function isOfRegistry(resolved: string, name: string): boolean {
  return resolved.startsWith(`${REGISTRY}${name}/-/`) && !resolved.includes("..");
}

function linkProblems({ packages }: Lock): string[] {
  return Object.entries(packages)
    .filter(([, { link }]) => link === true)
    .filter(([, { resolved = "" }]) => !(resolved in packages) || /^\.|^\/|\.\.|:/.test(resolved))
    .map(([place, { resolved }]) => `${place}: is linked to ${resolved ?? "nothing"}, which is not in this repository`);
}

function specProblems({ packages }: Lock, manifest: Manifest): string[] {
  const own = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  const ours = foreignSpecs("package.json", own, (spec) => FROM_REGISTRY.test(spec) || IN_REPOSITORY.test(spec));
  const theirs = Object.entries(packages)
    .filter(([place]) => place !== "")
    .flatMap(([place, { dependencies, optionalDependencies }]) =>
      foreignSpecs(place, { ...dependencies, ...optionalDependencies }, (spec) => FROM_REGISTRY.test(spec)),
    );
  return [...ours, ...theirs];
}

const foreignSpecs = (
  place: string,
  wanted: Readonly<Record<string, string>>,
  isFine: (spec: string) => boolean,
): string[] =>
  Object.entries(wanted)
    .filter(([, spec]) => !isFine(spec))
    .map(([name, spec]) => `${place}: wants ${name} from "${spec}"; only versions from the registry are taken`);

function scriptProblems(lock: Lock, { allowScripts }: Manifest): string[] {
  const having = new Set(
    fetched(lock)
      .filter(({ entry }) => entry.hasInstallScript === true)
      .map(({ name }) => name),
  );
  const judged = new Set(Object.keys(allowScripts));
  return [
    ...[...having]
      .filter((name) => !judged.has(name))
      .map((name) => `${name} has an install script: say in package.json's allowScripts whether it may run`),
    ...[...judged]
      .filter((name) => !having.has(name))
      .map((name) => `allowScripts names ${name}, which has no install script: leave it out`),
  ];
}
