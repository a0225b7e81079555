import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { LineWarning } from "../../workflows/flow/rule-line/line-warnings.js";
import type { LineProblem } from "../../workflows/flow/rule-line/problem.js";

const SHOWN = 4;

interface Props {
  readonly id: string;
  readonly text: string;
  readonly problem: LineProblem | null;
  readonly warnings: readonly LineWarning[];
  readonly onChange: (text: string) => void;
}

/** What is wrong with a line and what could stand there; or what its author may not have meant. */
export function Said({ id, text, problem, warnings, onChange }: Props) {
  const replace = ({ start, end }: LineWarning, by: string) =>
    onChange(`${text.slice(0, start)}${by}${text.slice(end)}`);
  const tone = problem ? "failed" : warnings.length > 0 ? "stuck" : "faint";
  return (
    <div id={id} className="lw-rule-said" role="status" data-tone={tone}>
      {problem && <Refused problem={problem} text={text} />}
      {!problem &&
        warnings.map((warning) => (
          <Text key={`${warning.code} ${String(warning.start)} ${"field" in warning ? warning.field : ""}`} fz={13}>
            <Warned warning={warning} text={text} onUse={(instead) => replace(warning, instead)} />
          </Text>
        ))}
    </div>
  );
}

interface WarnedProps {
  readonly warning: LineWarning;
  readonly text: string;
  readonly onUse: (instead: string) => void;
}

function Warned({ warning, text, onUse }: WarnedProps) {
  const { t, i18n } = useTranslation();
  const said = text.slice(warning.start, warning.end);
  switch (warning.code) {
    case "score_out_of_range":
      return t("ruleLine.beyond", { said, scores: warning.scores, least: warning.least, most: warning.most });
    case "still_needed": {
      const key = `ruleLine.needed.${warning.field}`;
      return t(i18n.exists(key) ? (key as "ruleLine.needed.text") : "ruleLine.needed.other", { said });
    }
    case "leaves_out_sixes":
      return (
        <>
          {t("condition.sixes")}{" "}
          <Anchor component="button" type="button" fz={13} onClick={() => onUse(warning.instead)}>
            {t("condition.useDetractors")}
          </Anchor>
        </>
      );
  }
}

function Refused({ problem, text }: { readonly problem: LineProblem; readonly text: string }) {
  const { t, i18n } = useTranslation();
  const { code, start, end, params, expected, instead } = problem;
  const said = text.slice(start, end);
  const missing = `ruleLine.missing.${code}`;
  const likely = instead === null ? expected.slice(0, SHOWN).join(" · ") : "";
  return (
    <>
      {said === "" && i18n.exists(missing)
        ? t(missing as "ruleLine.missing.step_expected")
        : t(`ruleLine.problem.${code}`, { max: "", ...params, said })}
      {instead !== null && ` ${t("ruleLine.instead", { instead })}`}
      {likely !== "" && ` ${t("ruleLine.expected", { expected: likely })}`}
    </>
  );
}
