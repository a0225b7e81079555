import type { EffectView } from "../../server/runs/run-api.js";

type Outcome = NonNullable<EffectView["attempts"][number]["outcome"]>;

const reasons: Readonly<Partial<Record<Outcome, "busy" | "lost">>> = {
  TRANSIENT: "busy",
  AMBIGUOUS: "lost",
  inconclusive: "lost",
};

/** Why an open effect waits for its next try; null where nothing tells. Without a try it waits for its turn among all that go there. */
export function whyAgain({ attempts }: Pick<EffectView, "attempts">): "busy" | "lost" | "turn" | null {
  const last = attempts.at(-1);
  if (!last) return "turn";
  return last.outcome === null ? null : (reasons[last.outcome] ?? null);
}
