import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { LineWarning } from "../../workflows/flow/rule-line/parse.js";
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
  const { t } = useTranslation();
  const replace = ({ start, end }: { readonly start: number; readonly end: number }, by: string) =>
    onChange(`${text.slice(0, start)}${by}${text.slice(end)}`);
  const [warning] = warnings;
  return (
    <div id={id} className="lw-rule-said" role="status" data-tone={problem ? "failed" : warning ? "stuck" : "faint"}>
      {problem && <Refused problem={problem} text={text} />}
      {!problem && warning && (
        <Text fz={13} component="span">
          {t("condition.sixes")}{" "}
          <Anchor component="button" type="button" fz={13} onClick={() => replace(warning, warning.instead)}>
            {t("condition.useDetractors")}
          </Anchor>
        </Text>
      )}
    </div>
  );
}

function Refused({ problem, text }: { readonly problem: LineProblem; readonly text: string }) {
  const { t } = useTranslation();
  const { code, start, end, params, expected, instead } = problem;
  const said = text.slice(start, end) || t("ruleLine.theEnd");
  const likely = instead === null ? expected.slice(0, SHOWN).join(" · ") : "";
  return (
    <>
      {t(`ruleLine.problem.${code}`, { max: "", ...params, said })}
      {instead !== null && ` ${t("ruleLine.instead", { instead })}`}
      {likely !== "" && ` ${t("ruleLine.expected", { expected: likely })}`}
    </>
  );
}
