import { audit } from "./en/audit.js";
import { common } from "./en/common.js";
import { drawing } from "./en/drawing.js";
import { editor } from "./en/editor.js";
import { employees } from "./en/employees.js";
import { flowFiles } from "./en/flow-files.js";
import { flowTests } from "./en/flow-tests.js";
import { realStep } from "./en/real-step.js";
import { form } from "./en/form.js";
import { members } from "./en/members.js";
import { oversight } from "./en/oversight.js";
import { pages } from "./en/pages.js";
import { preview } from "./en/preview.js";
import { presence } from "./en/presence.js";
import { privacy } from "./en/privacy.js";
import { refusals } from "./en/refusals.js";
import { retention } from "./en/retention.js";
import { ruleLine } from "./en/rule-line.js";
import { runList } from "./en/run-list.js";
import { runs } from "./en/runs.js";
import { sources } from "./en/sources.js";
import { tryIt } from "./en/try.js";
import { starts } from "./en/starts.js";
import { versions } from "./en/versions.js";
import { templates } from "./en/templates.js";
import { tour } from "./en/tour.js";

/** Every word of the product. Keys are checked by the compiler; `fr.ts` must have the same ones. */
export const en = {
  ...common,
  ...audit,
  ...members,
  ...pages,
  ...employees,
  ...oversight,
  ...preview,
  ...presence,
  ...privacy,
  ...retention,
  ...sources,
  ...drawing,
  ...starts,
  ...editor,
  ...flowTests,
  ...realStep,
  ...form,
  ...ruleLine,
  ...runList,
  ...runs,
  ...templates,
  ...tour,
  ...refusals,
  ...tryIt,
  ...versions,
  ...flowFiles,
} as const;
