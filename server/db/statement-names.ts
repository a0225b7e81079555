/** Texts with more parameters are lists of values, each of another length: preparing them would only fill the server's memory. */
const MOST_PARAMETERS = 30;
/** For each process; what comes after them is parsed and planned each time. */
const MOST_NAMES = 500;

export interface StatementNames {
  /** Undefined: not worth preparing. */
  of(text: string, parameters: number): string | undefined;
  /** From here on everything is prepared anew. */
  renew(): void;
}

/** A name for each text that is worth preparing. The first time is not: most texts come once. */
export function createStatementNames(): StatementNames {
  const names = new Map<string, string>();
  const seen = new Set<string>();
  let round = 0;
  return {
    of(text, parameters) {
      const known = names.get(text);
      if (known !== undefined || parameters > MOST_PARAMETERS || names.size >= MOST_NAMES) return known;
      if (!seen.has(text)) {
        if (seen.size < MOST_NAMES) seen.add(text);
        return undefined;
      }
      const name = `lw_${round}_${names.size}`;
      names.set(text, name);
      return name;
    },
    renew() {
      names.clear();
      round += 1;
    },
  };
}
