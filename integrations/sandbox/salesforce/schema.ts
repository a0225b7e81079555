import type { World } from "../system.js";
import { fail, notFound } from "./failure.js";
import type { Field } from "./field.js";
import { ALL_OBJECTS, type Sobject } from "./objects.js";

const EFFECT = "Loopwright_Effect__c";
const KEY = "Loopwright_Key__c";

/** The organisation's objects as they are now: what our package adds can be missing (settings or standing faults below). */
export interface Schema {
  objects(): readonly Sobject[];
  find(name: string): Sobject | undefined;
  /** For paths: an unknown object is an unknown resource. */
  resource(name: string): Sobject;
  byPrefix(id: string): readonly Sobject[];
}

export function createSchema(world: World): Schema {
  const isOff = (setting: string, fault: string) =>
    world.setting(`salesforce.${setting}`) === "off" || world.standingFault("salesforce", fault) !== undefined;

  const objects = () => {
    const keyOff = isOff("keyField", "no_external_key");
    const present = isOff("effectObject", "no_effect_object")
      ? ALL_OBJECTS.filter(({ name }) => name !== EFFECT)
      : ALL_OBJECTS;
    return keyOff ? present.map(withoutKey) : present;
  };
  const find = (name: string) => objects().find((sobject) => sobject.name.toLowerCase() === name.toLowerCase());
  return {
    objects,
    find,
    resource: (name) => find(name) ?? notFound(),
    byPrefix: (id) => objects().filter(({ prefix }) => id.startsWith(prefix)),
  };
}

function withoutKey(sobject: Sobject): Sobject {
  return { ...sobject, fields: sobject.fields.filter(({ name }) => name !== KEY) };
}

/** Field names ignore case, in queries and in bodies. */
export function fieldOf(sobject: Sobject, name: string): Field | undefined {
  return sobject.fields.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
}

export function externalIdOf(sobject: Sobject, name: string): Field {
  const found = fieldOf(sobject, name);
  const usable = found?.externalId === true || found?.name === "Id";
  return found && usable
    ? found
    : fail("NOT_FOUND", `Provided external ID field does not exist or is not accessible: ${name}`);
}
