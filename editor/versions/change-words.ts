import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { FieldChange } from "../../workflows/flow/diff.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { nodeTitle } from "../../workflows/flow/sentence.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { useCatalogue } from "../flow/catalogue.js";
import { useLanguage } from "../flow/describe.js";
import { useFieldTitle } from "../flow/field-title.js";
import { asText } from "../ui/read.js";
import { useServerWords } from "../ui/words.js";
import { sayValue } from "./say-value.js";

/** Choices that a config holds by their code, by its field. */
const choices = {
  on: { first: "form.onFirst", everyChange: "form.onChange" },
  onAmbiguous: { park: "form.park", resend: "form.resend" },
  metrics: { nps: "metric.nps", csat: "metric.csat", ces: "metric.ces", stars: "metric.stars", text: "metric.text" },
  mode: { duration: "form.waitFor", until: "form.waitUntil", all: "form.join.all", first: "form.join.first" },
} as const;
type Choice = {
  [Field in keyof typeof choices]: (typeof choices)[Field][keyof (typeof choices)[Field]];
}[keyof typeof choices];

function choiceOf({ of, field }: FieldChange, text: string): Choice | undefined {
  const ofField: Readonly<Record<string, Readonly<Record<string, Choice>>>> = choices;
  const named = of === "config" && Object.hasOwn(ofField, field) ? ofField[field] : undefined;
  return named && Object.hasOwn(named, text) ? named[text] : undefined;
}

/** Names of what a config holds by its id or its code. */
function useNameOf(): (change: FieldChange, text: string) => string | undefined {
  const { t } = useTranslation();
  const may = useMay();
  const word = useServerWords();
  const { actions } = useCatalogue();
  const connections = useQuery({ ...queries.connections(), enabled: may("connections:read") }).data?.items ?? [];
  const sources = useQuery({ ...queries.sources(), enabled: may("sources:read") }).data?.items ?? [];
  return (change, text) => {
    const choice = choiceOf(change, text);
    if (choice) return t(choice);
    const action = actions.find(({ ref }) => ref === text);
    if (action) return word(action.title);
    return [...connections, ...sources].find(({ id }) => id === text)?.name;
  };
}

/** What kind of step it is: "Create Jira issue", "Wait". */
export function useKindOf(): (node: DraftNode) => string {
  const language = useLanguage();
  const word = useServerWords();
  const { actions } = useCatalogue();
  return ({ type, config }) => {
    const action = actions.find(({ ref }) => ref === asText(config["action"]));
    return action ? word(action.title) : nodeTitle(type, language);
  };
}

const stepFields = {
  title: "inspector.name",
  type: "versions.field.type",
  disabled: "versions.field.disabled",
  comment: "versions.field.comment",
} as const;
const isStepField = (name: string): name is keyof typeof stepFields => name in stepFields;

const formFields = {
  action: "versions.field.action",
  on: "form.on",
  key: "versions.field.key",
  onAmbiguous: "form.inDoubt",
} as const;
const isFormField = (name: string): name is keyof typeof formFields => name in formFields;

export interface SaidField {
  readonly title: string;
  /** Null where before and after have no words. */
  readonly values: { readonly before: string; readonly after: string } | null;
}

/** "Due in hours: 2 → 4" */
export function useFieldWords(): (node: DraftNode, change: FieldChange) => SaidField {
  const { t } = useTranslation();
  const language = useLanguage();
  const titleOf = useFieldTitle();
  const nameOf = useNameOf();
  const words = { language, nothing: t("versions.nothing"), yes: t("common.yes"), no: t("common.no") };
  const titled = (node: DraftNode, { of, field }: FieldChange): string => {
    if (of === "step") return isStepField(field) ? t(stepFields[field]) : field;
    return isFormField(field) ? t(formFields[field]) : (titleOf(node, field) ?? field);
  };
  return (node, change) => {
    const speaker = { ...words, nameOf: (text: string) => nameOf(change, text) };
    const before = sayValue(change.before, speaker);
    const after = sayValue(change.after, speaker);
    const isSaid = before !== null && after !== null && before !== after;
    return { title: titled(node, change), values: isSaid ? { before, after } : null };
  };
}
