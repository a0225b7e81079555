import type { Strings } from "../strings.js";
import type { tour as en } from "../en/tour.js";

export const tour: Strings<typeof en> = {
  tour: { title: "Visite" },
};
