import type { Language } from "../../workflows/flow/sentence.js";
import type { System, Template, TemplateMetric } from "../../workflows/flow/templates/template.js";

export interface TemplateFilter {
  readonly words?: string | undefined;
  readonly system?: System | undefined;
  readonly metric?: TemplateMetric | undefined;
}

/** Small letters without accents: who types "reponse" finds "réponse". */
const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Those that fit all of it. One that hears every kind fits each. */
export function fitting(
  all: readonly Template[],
  { words = "", system, metric }: TemplateFilter,
  language: Language,
): Template[] {
  const wanted = plain(words).split(/\s+/);
  return all.filter(({ systems, metrics, words: said }) => {
    const text = plain(Object.values(said[language]).join(" "));
    return (
      (system === undefined || systems.includes(system)) &&
      (metric === undefined || metrics.length === 0 || metrics.includes(metric)) &&
      wanted.every((word) => text.includes(word))
    );
  });
}
