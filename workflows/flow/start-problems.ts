import { cronProblem, type CronProblem } from "./cron.js";
import type { ConfigProblem } from "./node-type.js";
import type { Purpose } from "./purpose.js";
import { contactField, OWN_NAMES, type Start, type StartField, type StartOf } from "./start.js";

interface Started {
  readonly start: Start;
  readonly sources: readonly string[];
  readonly metrics: readonly string[];
  readonly when: unknown;
  readonly purpose?: Purpose | undefined;
}

/** What keeps a flow that no feedback starts from being published. */
export const startProblems = (config: Started): ConfigProblem[] => [
  ...(config.start.kind === "schedule" ? scheduleProblems(config.start) : formProblems(config.start)),
  ...listensToo(config),
  ...nobodyAgreed(config),
];

function scheduleProblems({ cron, timeZone }: StartOf<"schedule">): ConfigProblem[] {
  const wrong = cronProblem(cron);
  return [
    ...(wrong ? [{ field: "start.cron", code: "wrong_cron", message: cronWords(wrong) }] : []),
    ...(isZone(timeZone)
      ? []
      : [{ field: "start.timeZone", code: "unknown_zone", message: "There is no such time zone." }]),
  ];
}

function cronWords(wrong: CronProblem): string {
  if (wrong.kind === "parts")
    return `This line needs five parts: minute, hour, day of the month, month, day of the week. It has ${wrong.amount}.`;
  if (wrong.kind === "days") return "Name days of the month or days of the week, and leave the other as *.";
  return `“${wrong.text}” cannot be read as the ${partWords[wrong.part]}. Write numbers from ${wrong.from} to ${wrong.to}, lists (1,15), ranges (1-5) or steps (*/10).`;
}

const partWords = {
  minute: "minute",
  hour: "hour",
  day: "day of the month",
  month: "month",
  weekday: "day of the week",
};

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const formProblems = ({ fields }: StartOf<"call">): ConfigProblem[] =>
  fields.flatMap(({ name, type }, index) => [
    ...(isTaken(name, fields.slice(0, index))
      ? [
          {
            field: `start.fields[${index}].name`,
            code: "repeated_field",
            message: `“${name}” is taken. Give each field its own name.`,
            params: { name },
          },
        ]
      : []),
    ...(type === "contact" && fields.slice(0, index).some((before) => before.type === "contact")
      ? [
          {
            field: `start.fields[${index}].type`,
            code: "second_contact",
            message: "A start is about one person. Make this a text.",
          },
        ]
      : []),
  ]);

const isTaken = (name: string, before: readonly StartField[]): boolean =>
  OWN_NAMES.includes(name) || before.some((field) => field.name === name);

/** It would look as if feedback started it, or as if a condition held. */
const listensToo = ({ sources, metrics, when }: Started): ConfigProblem[] =>
  sources.length === 0 && metrics.length === 0 && when === null
    ? []
    : [
        {
          field: "start",
          code: "start_listens_too",
          message: "This flow is not started by feedback: take its sources, kinds of score and condition away.",
        },
      ];

/** Research and marketing need somebody's consent; here there is nobody who could have given it. */
const nobodyAgreed = ({ start, purpose = "service" }: Started): ConfigProblem[] =>
  purpose === "service" || contactField(start)
    ? []
    : [
        {
          field: "purpose",
          code: "nobody_agreed",
          message: "Research and marketing need a person's consent, and this flow starts for nobody in particular.",
        },
      ];
