import { toFile, type NamesOf } from "../../workflows/flow/file/to-file.js";
import { flowDraftSchema } from "../../workflows/flow/schema.js";
import type { FlowRow } from "../flows/flow-store.js";
import { toYaml } from "./yaml-text.js";

/** A flow's draft as the text of a file. */
export const writeFlowFile = ({ name, draft }: Pick<FlowRow, "name" | "draft">, names: NamesOf): string =>
  toYaml(toFile(name, flowDraftSchema.parse(draft), names));
