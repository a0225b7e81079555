import type { Language } from "../../sentence.js";
import { en } from "./en.js";
import { fr } from "./fr.js";
import type { LineWords } from "./words.js";

export const lineWords: Readonly<Record<Language, LineWords>> = { en, fr };
