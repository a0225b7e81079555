import { readableHtml } from "../http/readable-html.js";
import type { PersonExport } from "./export-person.js";

/** The same as the JSON, for reading. */
export const exportHtml = (person: PersonExport): string => readableHtml("What is held of a person", person);
