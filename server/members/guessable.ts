/** The commonest words of passwords that leaked, in the languages of our pages, and our own name. Short: it takes the place of no list of leaked passwords. */
const COMMON =
  "password passwort motdepasse passphrase welcome bienvenue willkommen qwertyuiop qwerty qwertz azertyuiop azerty asdfghjkl asdf zxcvbnm letmein trustno iloveyou jetaime loveyou love admin administrator root login secret changeme default temporary test testing hello bonjour monkey dragon football baseball basketball soccer princess sunshine superman batman starwars pokemon master shadow computer internet summer winter spring autumn january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday company office customer feedback survey loopwright loop wright abcdefghijklmnopqrstuvwxyz abcdef abc"
    .split(" ")
    .sort((one, other) => other.length - one.length);

const LOOKALIKES: Readonly<Record<string, string>> = {
  ...{ "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", $: "s" },
};

/** So few letters beside common words, digits and signs make nobody's guess longer. */
const LEAST_OWN_LETTERS = 4;

/** Whether it is made of common words, with digits and signs around or in the place of letters. */
export function isGuessable(password: string): boolean {
  const plain = password.toLowerCase();
  const read = plain.replaceAll(/[013457@$]/g, (sign) => LOOKALIKES[sign] ?? sign);
  return [plain, read].some((text) => ownLetters(text) < LEAST_OWN_LETTERS);
}

const ownLetters = (text: string): number =>
  COMMON.reduce((left, word) => left.replaceAll(word, " "), text).replaceAll(/[^\p{L}]/gu, "").length;
