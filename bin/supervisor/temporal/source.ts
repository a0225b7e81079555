/** Where to look, and where to keep what was found. */
export interface SourceContext {
  readonly env: NodeJS.ProcessEnv;
  readonly cacheDir: string;
  /** Path of the program that makes the SDK download its server; see official-download.ts. */
  readonly officialDownloader: readonly string[];
  /** Aborted when the start is given up: a download must not outlive it. */
  readonly signal?: AbortSignal | undefined;
}

/** A path, or why this source has none. */
export type Found = { readonly path: string } | { readonly reason: string };

export interface TemporalSource {
  readonly name: string;
  /** Takes more than a look: worth a word on the terminal. */
  readonly slow?: string;
  find(context: SourceContext): Promise<Found>;
}
