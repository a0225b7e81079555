import cronstrue from "cronstrue";
import "cronstrue/locales/fr.js";
import { cronProblem } from "../../workflows/flow/cron.js";

/** "Every 15 minutes, Monday through Friday"; empty where the line cannot be read. */
export const cronWords = (cron: string, language: "en" | "fr"): string =>
  cronProblem(cron) === null ? cronstrue.toString(cron, { locale: language, use24HourTimeFormat: true }) : "";
