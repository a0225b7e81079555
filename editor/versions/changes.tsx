import { IconArrowsMove, IconMinus, IconNote, IconPencil, IconPlus } from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { waysOfKept } from "../../workflows/flow/diff.js";
import type { FlowDiff, StepChange } from "../../workflows/flow/diff.js";
import type { DraftNode, FlowDraft } from "../../workflows/flow/schema.js";
import { outputTitle } from "../../workflows/flow/sentence.js";
import { useDescribe, useLanguage } from "../flow/describe.js";
import type { Tone } from "../ui/state-mark.js";
import { ChangedValue } from "./changed-value.js";
import { useFieldWords, useKindOf } from "./change-words.js";
import "./versions.css";

/** Colour, icon and word of a difference: never one of them alone. */
export const changeLooks = {
  added: { tone: "done", icon: IconPlus },
  removed: { tone: "failed", icon: IconMinus },
  changed: { tone: "stuck", icon: IconPencil },
} as const satisfies Record<StepChange["kind"], { tone: Tone; icon: Icon }>;

interface Props {
  readonly before: FlowDraft;
  readonly after: FlowDraft;
  readonly diff: FlowDiff;
  /** Where a step can be shown. */
  readonly onChoose?: ((nodeId: string) => void) | undefined;
}

/** What changes between two drawn flows, in sentences. */
export function Changes({ before, after, diff, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <ul className="lw-changes">
      {diff.steps.map((change) => (
        <StepLine key={change.node.id} change={change} onChoose={onChoose} />
      ))}
      {waysOfKept(diff).map(({ kind, edge }) => (
        <Line key={`${kind} ${edge.from} ${edge.output} ${edge.to}`} kind={kind}>
          {t(`versions.way.${kind}`)} <Way edge={edge} flow={kind === "added" ? after : before} />
        </Line>
      ))}
      {diff.others.map((name) => (
        <Line key={name} tone="stuck" icon={IconNote}>
          {t("versions.other", { name: name === "notes" || name === "groups" ? t(`versions.field.${name}`) : name })}
        </Line>
      ))}
      {diff.moved.length > 0 && (
        <Line tone="faint" icon={IconArrowsMove}>
          {t("versions.moved", { count: diff.moved.length })}
        </Line>
      )}
    </ul>
  );
}

type LineProps = { readonly children: ReactNode } & (
  { readonly kind: keyof typeof changeLooks } | { readonly tone: Tone; readonly icon: Icon }
);

function Line({ children, ...look }: LineProps) {
  const { tone, icon: Mark } = "kind" in look ? changeLooks[look.kind] : look;
  return (
    <li data-tone={tone}>
      <Mark size={16} stroke={2} aria-hidden className="lw-change-mark" />
      <div>{children}</div>
    </li>
  );
}

function StepLine({ change, onChoose }: { readonly change: StepChange } & Pick<Props, "onChoose">) {
  const { t } = useTranslation();
  const describe = useDescribe();
  const kindOf = useKindOf();
  const { kind, node } = change;
  const { title } = describe(node);
  const of = kindOf(node);
  return (
    <Line kind={kind}>
      <span className="lw-change-word">{t(`versions.kind.${kind}`)}</span>{" "}
      {onChoose ? (
        <button type="button" className="lw-change-step" onClick={() => onChoose(node.id)}>
          {title}
        </button>
      ) : (
        <strong>{title}</strong>
      )}
      {kind !== "changed" && of !== title && ` (${of})`}
      {change.kind === "changed" && <Fields change={change} />}
    </Line>
  );
}

function Fields({ change: { node, fields } }: { readonly change: Extract<StepChange, { kind: "changed" }> }) {
  const { t } = useTranslation();
  const wordsOf = useFieldWords();
  return (
    <ul className="lw-change-fields">
      {fields.map((field) => {
        const { title, values } = wordsOf(node, field);
        return (
          <li key={`${field.of}.${field.field}`}>
            {values === null ? (
              t("versions.fieldChanged", { title })
            ) : (
              <>
                {t("common.labelled", { label: title, text: "" })} <ChangedValue values={values} />
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Way({ edge, flow }: { readonly edge: FlowDiff["ways"][number]["edge"]; readonly flow: FlowDraft }) {
  const describe = useDescribe();
  const language = useLanguage();
  const find = (id: string): DraftNode | undefined => flow.nodes.find((node) => node.id === id);
  const titleOf = (id: string) => {
    const node = find(id);
    return node ? describe(node).title : id;
  };
  const from = find(edge.from);
  const by = from && edge.output !== "next" ? ` (${outputTitle(from, edge.output, language)})` : "";
  return `${titleOf(edge.from)}${by} → ${titleOf(edge.to)}`;
}
