import { checkFile, type FileProblem } from "../../workflows/flow/file/check-file.js";
import type { FlowFile } from "../../workflows/flow/file/flow-file.js";
import { unprocessable } from "../errors.js";
import type { FileProblemView } from "./flow-file-api.js";
import { readYaml, type ReadYaml } from "./yaml-text.js";

/** As many as a person reads at once. */
const TOLD = 20;

/** The flow that a text holds; throws `flow_file_refused` with everything that is wrong, and where. */
export function readFlowFile(text: string): FlowFile {
  const yaml = readYaml(text);
  if (!yaml.ok) throw refused([yamlProblem(yaml)]);
  const checked = checkFile(yaml.value);
  if (checked.ok) return checked.file;
  throw refused(checked.problems.map(({ path, ...problem }: FileProblem) => ({ ...yaml.placeOf(path), ...problem })));
}

const yamlMessages = {
  not_yaml: (reason: string) => `This is not YAML: ${reason}.`,
  cut_off: () => "The file is cut off: its last line is not “...”. If nothing is missing, add that line.",
  alias: () => "A flow file has no aliases (“*name”). Write out what stands for it.",
  not_kept: (reason: string) => `This file holds what a flow cannot: ${reason} Take it out, and import the file again.`,
} as const;

function yamlProblem({ code, reason, at }: Extract<ReadYaml, { ok: false }>): FileProblemView {
  const params = reason === "" ? {} : { reason };
  return { ...at, code, message: yamlMessages[code](reason), params };
}

function refused(problems: readonly FileProblemView[]) {
  const told = problems.slice(0, TOLD);
  const words = told.map(({ line, column, message }) => `Line ${line}, column ${column}: ${message}`);
  return unprocessable("flow_file_refused", words.join("\n"), { problems: told });
}
