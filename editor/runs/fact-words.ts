import type { i18n } from "i18next";
import { useTranslation } from "react-i18next";
import type { EffectView, RunDetail } from "../../server/runs/run-api.js";
import { connectorOfAction } from "../../workflows/flow/action-name.js";
import { outputTitle } from "../../workflows/flow/sentence.js";
import { useCatalogue } from "../flow/catalogue.js";
import { useDescribe, useLanguage } from "../flow/describe.js";
import { dayAndTime } from "../ui/format.js";
import { asText, asTexts } from "../ui/read.js";
import { systemName } from "../ui/system-mark.js";
import { useServerWords } from "../ui/words.js";

export type FactView = RunDetail["facts"][number];
type RunParts = Pick<RunDetail, "nodes" | "effects">;

/** A fact as a sentence: which step, and what became of it. Ids are no part of it. */
export interface FactSentence {
  /** The step's title; null where the fact is about the whole run. */
  readonly step: string | null;
  readonly text: string;
}

/** The write that a fact is about; a fact without an effect's id is about the latest one of its step and slot. */
export function effectOf({ effects }: RunParts, { nodeId, data }: FactView): EffectView | null {
  const slot = asText(data["slot"]);
  const isOwn = (effect: EffectView) => effect.nodeId === nodeId && (slot === "" || effect.slot === slot);
  return effects.find(({ id }) => id === data["effectId"]) ?? effects.findLast(isOwn) ?? null;
}

/** What the words of a kind depend on: "settled" in doubt, "decided" by nobody. */
const variants: Readonly<Record<string, string>> = { settled: "state", decided: "output" };

const hasText = (value: unknown): boolean => asText(value) !== "";

/** From the most telling to the plainest: with the part of an approval, with the action's name, without either. */
function keysOf({ kind, data }: FactView, action: string): readonly string[] {
  if (hasText(data["replacedBy"])) return [`${kind}_replaced`, kind, "other"];
  if (asText(data["code"]).startsWith("withheld_")) return [`${kind}_withheld`, kind, "other"];
  const variant = variants[kind];
  const key = variant === undefined ? kind : `${kind}_${asText(data[variant])}`;
  return [`${key}_${asText(data["slot"])}`, ...(action === "" ? [] : [`${key}_named`]), key, "other"];
}

const firstKnown = (keys: readonly string[], { exists }: Pick<i18n, "exists">): string =>
  keys.find((key) => exists(`fact.${key}`)) ?? "other";

const timeOf = (value: unknown, language: string) => (typeof value === "string" ? dayAndTime(value, language) : "");

function listOf(value: unknown, language: string): string {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(asTexts(value).filter((name) => name !== ""));
}

/** What went on: the action as the catalogue names it, and where. */
function useActionWords(run: RunParts) {
  const { t } = useTranslation();
  const { actions } = useCatalogue();
  const word = useServerWords();
  return (fact: FactView) => {
    const node = run.nodes.find(({ id }) => id === fact.nodeId);
    const ref = asText(fact.data["action"]) || (effectOf(run, fact)?.action ?? asText(node?.config["action"]));
    const action = actions.find((one) => one.ref === ref);
    return {
      action: action ? word(action.title) : "",
      system: ref === "" ? t("runs.otherSystem") : systemName(connectorOfAction(ref)),
    };
  };
}

/** Words every kind of fact; one that this page does not know yet is said to be so, never shown by its code. */
export function useFactWords(run: RunParts): (fact: FactView) => FactSentence {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const describe = useDescribe();
  const actionWords = useActionWords(run);
  return (fact) => {
    const { nodeId, data, by } = fact;
    const node = run.nodes.find(({ id }) => id === nodeId);
    const step = nodeId === null ? null : node ? describe(node).title : t("runs.aStep");
    const { action, system } = actionWords(fact);
    const output = asText(data["output"]);
    const values = {
      by: by ?? t("common.someone"),
      // A step that is called as its action need not say it twice.
      action,
      system,
      output: node ? outputTitle(node, output, language) : output,
      names: listOf(data["names"], i18n.language),
      outcome: asText(data["outcome"]),
      until: timeOf(data["until"] ?? data["expiresAt"], i18n.language),
    };
    const key = firstKnown(keysOf(fact, action === step ? "" : action), i18n);
    return { step, text: t(`fact.${key}` as "fact.started", values) };
  };
}
