import { useTranslation } from "react-i18next";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { readFields } from "../ui/form-fields.js";
import { asText } from "../ui/read.js";
import { useServerWords } from "../ui/words.js";
import { useCatalogue } from "./catalogue.js";

/** What the inspector calls each field of a config. */
const titles = {
  sources: "form.sources",
  metrics: "form.metrics",
  start: "starts.when",
  when: "node.condition.title",
  cases: "node.switch.title",
  shares: "form.shares",
  values: "node.set.title",
  mode: "form.joinMode",
  connectionId: "form.connection",
  retryFor: "form.retryFor",
  purpose: "form.purpose",
  showsPersonalData: "form.showsPersonalData",
  duration: "form.duration",
  days: "form.days",
  time: "form.time",
  zone: "form.zone",
  channel: "form.channel",
  approvers: "form.approvers",
  title: "form.question",
  text: "form.details",
  expiresAfter: "form.expiresAfter",
  outcome: "form.outcome",
} as const;
const isTitled = (name: string): name is keyof typeof titles => name in titles;

/** How the form calls the field that a problem names: "input.summary" is the action's "Summary". */
export function useFieldTitle(): (node: DraftNode, field: string) => string | null {
  const { t } = useTranslation();
  const word = useServerWords();
  const { actions } = useCatalogue();
  return ({ config }, field) => {
    const [first = "", second = ""] = field.split(/[.[]/);
    if (first !== "input") return isTitled(first) ? t(titles[first]) : null;
    const action = actions.find(({ ref }) => ref === asText(config["action"]));
    const found = readFields(action?.inputSchema ?? {}).find(({ name }) => name === second);
    return found ? word(found.title) : null;
  };
}
