import type { en } from "./en.js";
import { audit } from "./fr/audit.js";
import { common } from "./fr/common.js";
import { drawing } from "./fr/drawing.js";
import { editor } from "./fr/editor.js";
import { employees } from "./fr/employees.js";
import { flowFiles } from "./fr/flow-files.js";
import { flowTests } from "./fr/flow-tests.js";
import { realStep } from "./fr/real-step.js";
import { form } from "./fr/form.js";
import { members } from "./fr/members.js";
import { oversight } from "./fr/oversight.js";
import { pages } from "./fr/pages.js";
import { preview } from "./fr/preview.js";
import { presence } from "./fr/presence.js";
import { privacy } from "./fr/privacy.js";
import { refusals } from "./fr/refusals.js";
import { retention } from "./fr/retention.js";
import { ruleLine } from "./fr/rule-line.js";
import { runList } from "./fr/run-list.js";
import { runs } from "./fr/runs.js";
import { sources } from "./fr/sources.js";
import { tryIt } from "./fr/try.js";
import { starts } from "./fr/starts.js";
import { versions } from "./fr/versions.js";
import { templates } from "./fr/templates.js";
import { tour } from "./fr/tour.js";
import type { Strings } from "./strings.js";

export const fr: Strings<typeof en> = {
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
};
