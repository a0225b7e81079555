import { ScrollArea, Stack } from "@mantine/core";
import { useDeferredValue, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useStoreWithEqualityFn } from "zustand/traditional";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import { fieldsOffered } from "../../workflows/flow/fields-offered.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { useCatalogue } from "../flow/catalogue.js";
import { fieldNames, isAwaited } from "../flow/left-fields.js";
import { useDescribe } from "../flow/describe.js";
import { updateConfig } from "../flow/edit.js";
import { onlySelected } from "../flow/store.js";
import { useFlow, useFlowStore } from "../flow/store-context.js";
import { useProblemWords } from "../flow/problem-words.js";
import { PreviewLine } from "../preview/preview-line.js";
import { Hint } from "../ui/hint.js";
import { PanelHead } from "../ui/panel-head.js";
import { BesideForm } from "./beside-form.js";
import { Head } from "./head.js";
import { forms } from "./forms.js";
import { readsTheSame } from "./read-before.js";
import "./inspector.css";

export interface Checked {
  readonly problems: readonly FlowProblem[];
  readonly warnings: readonly FlowProblem[];
}

/** The selected step: its sentence on top, its form below. */
export function Inspector({ checked, mayEdit }: { readonly checked: Checked; readonly mayEdit: boolean }) {
  const { t } = useTranslation();
  const selected = useFlow(onlySelected);
  const node = useFlow(({ draft }) => draft.nodes.find(({ id }) => id === selected));
  if (!node) return null;
  return (
    <aside className="lw-inspector" aria-label={t("inspector.title")}>
      {/* Where nothing in it takes the focus, the frame does, so that keys can scroll it. */}
      <ScrollArea h="100%" scrollbarSize={8} type="hover" viewportProps={mayEdit ? {} : { tabIndex: 0 }}>
        <NodeInspector key={node.id} node={node} checked={checked} mayEdit={mayEdit} />
      </ScrollArea>
    </aside>
  );
}

interface Props {
  readonly node: DraftNode;
  readonly checked: Checked;
  readonly mayEdit: boolean;
}

function NodeInspector({ node, checked, mayEdit }: Props) {
  const store = useFlowStore();
  const described = useDescribe()(node);
  const frame = useFocusedField();
  return (
    <Stack
      gap="md"
      p="md"
      ref={frame}
      onBlur={({ target, relatedTarget }) => {
        const field = target.closest<HTMLElement>("[data-field]");
        const name = field?.dataset["field"];
        if (name !== undefined && !holds(field, relatedTarget)) store.getState().leave(node.id, name);
      }}
    >
      {mayEdit ? (
        <Head node={node} described={described} />
      ) : (
        <PanelHead described={described} onClose={() => store.getState().select([])} />
      )}
      <PreviewLine node={node} />
      <fieldset className="lw-bare" disabled={!mayEdit}>
        <Stack gap="md">
          <BesideForm node={node} />
          <Settings node={node} checked={checked} />
        </Stack>
      </fieldset>
    </Stack>
  );
}

function Settings({ node, checked }: Omit<Props, "mayEdit">) {
  const store = useFlowStore();
  const fields = useFields(node.id);
  const seen = useFlow((state) => state.seen);
  const wordProblem = useProblemWords();
  const own = checked.problems.filter(({ nodeId }) => nodeId === node.id);
  const warnings = checked.warnings.filter(({ nodeId }) => nodeId === node.id);
  const told = own.filter((problem) => !isAwaited(problem, node, seen));
  const errors = Object.fromEntries(
    told.map((problem) => [problem.field ?? "", wordProblem(problem)] as const).reverse(),
  );
  const Form = forms[node.type];
  return (
    <>
      <Messages problems={told.filter(({ field }) => field === null)} warnings={warnings} />
      <Form
        node={node}
        config={node.config}
        errors={errors}
        fields={fields}
        set={(change) => {
          const tag = `config:${node.id}:${Object.keys(change).join()}`;
          store.getState().edit((flow) => updateConfig(flow, node.id, change), { tag });
        }}
      />
    </>
  );
}

/** What may be read where the step stands: it takes longer to tell than a letter may, so the field that is typed into goes first. */
function useFields(nodeId: string): readonly FieldSpec[] {
  const draft = useStoreWithEqualityFn(
    useFlowStore(),
    (state) => state.draft,
    (before, now) => readsTheSame(nodeId, before, now),
  );
  const settled = useDeferredValue(draft);
  const { catalogue } = useCatalogue();
  return useMemo(() => fieldsOffered(settled, nodeId, catalogue), [settled, nodeId, catalogue]);
}

const holds = (field: HTMLElement | null, target: EventTarget | null): boolean =>
  target instanceof Node && field?.contains(target) === true;

function Messages({ problems, warnings }: Checked) {
  const wordProblem = useProblemWords();
  // Its row says this one, with the way out beside it.
  const said = warnings.filter(({ code }) => code !== "leaves_out_sixes");
  return [...problems, ...said].map((problem) => (
    <Hint key={`${problem.code}-${problem.field ?? ""}`} tone="stuck">
      {wordProblem(problem)}
    </Hint>
  ));
}

function findField(frame: HTMLElement | null, path: string): HTMLElement | null {
  const fields = fieldNames(path).map((name) => frame?.querySelector(`[data-field="${CSS.escape(name)}"]`));
  const field = fields.find((element) => element instanceof HTMLElement);
  // A field may be named itself, or what it stands in.
  if (field?.matches("input, textarea") === true) return field;
  return field?.querySelector<HTMLElement>("[contenteditable=true], input, textarea") ?? null;
}

function takeFocus(frame: HTMLElement | null, path: string): boolean {
  const target = findField(frame, path);
  target?.scrollIntoView({ block: "center" });
  target?.focus();
  return target !== null;
}

/** A problem in the list leads to its field, which takes the focus as soon as it is there: text fields come a moment later. */
function useFocusedField() {
  const frame = useRef<HTMLDivElement>(null);
  const focusField = useFlow((state) => state.focusField);
  useEffect(() => {
    const form = frame.current;
    if (focusField === null || !form || takeFocus(form, focusField)) return;
    const observer = new MutationObserver(() => {
      if (takeFocus(form, focusField)) observer.disconnect();
    });
    observer.observe(form, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [focusField]);
  return frame;
}
