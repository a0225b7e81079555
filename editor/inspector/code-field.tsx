import { autocompletion } from "@codemirror/autocomplete";
import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import CodeMirror, { Decoration, EditorState, EditorView, MatchDecorator, ViewPlugin } from "@uiw/react-codemirror";
import type { DecorationSet, Extension, ReactCodeMirrorRef, ViewUpdate } from "@uiw/react-codemirror";
import { useMemo, useRef } from "react";
import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import { useShownValue, withValue } from "../preview/shown-value.js";
import { useMayEdit } from "../presence/looking-on.js";
import { styleNonce } from "../ui/nonce.js";
import { useServerWords } from "../ui/words.js";
import { completionsAt, insertionOf, matching, suggestionsFor } from "./completion.js";
import type { CodeLanguage, Suggestion } from "./completion.js";
import { FieldMenu } from "./field-menu.js";

interface Props {
  readonly language: CodeLanguage;
  readonly labelledBy: string;
  /** What may stand below it. */
  readonly describedBy?: string;
  readonly multiline: boolean;
  readonly invalid: boolean;
  readonly value: string;
  readonly fields: readonly FieldSpec[];
  readonly onChange: (text: string) => void;
}

const chips = new MatchDecorator({
  regexp: /\{\{.*?\}\}|\{%.*?%\}/g,
  decoration: Decoration.mark({ class: "lw-chip" }),
});

/** Every `{{ field }}` is drawn as one thing. */
const drawChips = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = chips.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = chips.updateDeco(update, this.decorations);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

/** A pasted line break becomes a space. */
const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (transaction.newDoc.lines === 1) return transaction;
  const text = transaction.newDoc.toString().replace(/\n/g, " ");
  return {
    changes: { from: 0, to: transaction.startState.doc.length, insert: text },
    selection: { anchor: text.length },
  };
});

const completionFrom =
  (suggestions: readonly Suggestion[], language: CodeLanguage) =>
  ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const found = completionsAt({ before: state.sliceDoc(0, pos), after: state.sliceDoc(pos), language, explicit });
    if (!found) return null;
    const options = matching(suggestions, found.prefix).map(({ label, detail, apply }) => ({ label, detail, apply }));
    return { from: found.from, to: found.to, filter: false, options };
  };

function useExtensions({ language, labelledBy, describedBy, multiline, fields }: Props): Extension[] {
  const word = useServerWords();
  const valueOf = useShownValue();
  return useMemo(() => {
    const detailOf = ({ title, path }: FieldSpec) => withValue(word(title), valueOf(path));
    const suggestions = suggestionsFor(fields, language, detailOf);
    const described = describedBy === undefined ? {} : { "aria-describedby": describedBy };
    return [
      EditorView.cspNonce.of(styleNonce()),
      EditorView.contentAttributes.of({ "aria-labelledby": labelledBy, spellcheck: "true", ...described }),
      autocompletion({ override: [completionFrom(suggestions, language)], icons: false }),
      drawChips,
      EditorView.lineWrapping,
      ...(multiline ? [] : [oneLine]),
    ];
  }, [language, labelledBy, describedBy, multiline, fields, word, valueOf]);
}

const bare = {
  lineNumbers: false,
  foldGutter: false,
  highlightActiveLine: false,
  highlightActiveLineGutter: false,
  highlightSelectionMatches: false,
  searchKeymap: false,
  autocompletion: false,
  lintKeymap: false,
  bracketMatching: false,
  closeBrackets: false,
} as const;

export function CodeField(props: Props) {
  const { language, multiline, invalid, value, fields, onChange } = props;
  const editor = useRef<ReactCodeMirrorRef>(null);
  const mayEdit = useMayEdit();
  const extensions = useExtensions(props);
  const insert = (field: FieldSpec) => {
    const view = editor.current?.view;
    if (!view) return;
    view.dispatch(view.state.replaceSelection(insertionOf(field, language)));
    view.focus();
  };
  return (
    <div className="lw-code" data-multiline={multiline} data-language={language} data-invalid={invalid}>
      <CodeMirror
        ref={editor}
        value={value}
        theme="none"
        editable={mayEdit}
        basicSetup={bare}
        indentWithTab={false}
        extensions={extensions}
        onChange={onChange}
      />
      {mayEdit && <FieldMenu fields={fields} onPick={insert} />}
    </div>
  );
}
