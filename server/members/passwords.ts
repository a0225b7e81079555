import { hash, verify } from "@node-rs/argon2";
import { unprocessable } from "../errors.js";
import { PASSWORD_LENGTH } from "./account-api.js";
import { isGuessable } from "./guessable.js";

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. The library's own algorithm is argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const hashPassword = (password: string): Promise<string> => hash(password, COST);

/** Throws where it is too short, too long or easy to guess; `known` is what others know of its owner. */
export function newPasswordHash(password: string, known: readonly (string | null)[]): Promise<string> {
  const { least, most } = PASSWORD_LENGTH;
  if (password.length < least || password.length > most)
    throw unprocessable("weak_password", `A password has ${least} to ${most} characters.`);
  refuseWeak(password, known);
  return hashPassword(password);
}

/** Takes as long where there is nothing to compare with, so that nobody learns by the clock whose account there is. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const matches = await verify(stored ?? (await nobodys()), password);
  return stored !== undefined && matches;
}

let made: Promise<string> | undefined;
const nobodys = (): Promise<string> => (made ??= hashPassword("nobody's password"));

/** Long ones that are easy to guess all the same. */
function refuseWeak(password: string, known: readonly (string | null)[]): void {
  const said = password.toLowerCase();
  const isNamed = known.some((word) => word !== null && word.length >= 4 && said.includes(word.toLowerCase()));
  if (isNamed || new Set(said).size < 5 || isGuessable(password))
    throw unprocessable(
      "weak_password",
      "This password is easy to guess: it repeats itself, is made of common words and digits, or holds your own name or address.",
    );
}
