/** What keys are derived for. */
export type WrapPurpose = "workspace-key" | "secret-inbound" | "secret-outbound" | "installation-key";
/** Keys that wrap nothing. */
export type SeedPurpose = "audit-head" | "erasure-receipt" | "tombstone";
export type KekPurpose = WrapPurpose | SeedPurpose;

/** Where keys are kept: a file, the environment, a key service. */
export interface KekSource {
  /** For people: where a key belongs. */
  readonly where: string;
  /** 32 bytes each: the one that wraps, then those that are only opened with. Asked at each wrap, and where a key is not known: it may change while the product runs. */
  held(): readonly Buffer[];
}
