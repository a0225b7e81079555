export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
}

export const NOTHING: Counts;
export function add(left: Counts, right: Counts): Counts;
export function sentence(counts: Counts): string;
export function countVitest(report: unknown): Counts;
export function countPlaywright(report: unknown): Counts;
export function settle(counts: Counts, exitCode: number): Counts;
