import { useTranslation } from "react-i18next";
import { fileRefusedSchema } from "../../server/flow-files/flow-file-api.js";
import type { FileProblemView } from "../../server/flow-files/flow-file-api.js";
import { ApiError } from "../api/client.js";
import { Hint } from "../ui/hint.js";
import { Refusal } from "../ui/refusal.js";
import "./flow-files.css";

/** Why a file was not taken: each reason with its line. */
export function FileRefusal({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const wordsOf = useFileProblemWords();
  const problems = problemsOf(error);
  if (problems.length === 0) return <Refusal error={error} />;
  return (
    <Hint tone="failed" title={t("flowFile.refused")}>
      <ul className="lw-file-problems">
        {problems.map((problem) => (
          <li key={`${String(problem.line)}:${String(problem.column)} ${problem.message}`}>
            <strong>{t("flowFile.at", { line: problem.line, column: problem.column })}</strong> {wordsOf(problem)}
          </li>
        ))}
      </ul>
    </Hint>
  );
}

const problemsOf = (error: unknown): readonly FileProblemView[] =>
  error instanceof ApiError ? (fileRefusedSchema.safeParse(error.body).data?.problems ?? []) : [];

/** In the reader's language, the server's own words where a reason is not known here. */
function useFileProblemWords(): (problem: FileProblemView) => string {
  const { t, i18n } = useTranslation();
  return ({ code, message, params }) =>
    i18n.language === "en"
      ? message
      : t(`fileProblem.${code}` as "fileProblem.cut_off", { ...params, defaultValue: message });
}
