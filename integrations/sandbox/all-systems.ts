import { createJira } from "./jira/index.js";
import { createSalesforce } from "./salesforce/index.js";
import { createSlack } from "./slack/index.js";
import type { CreateSystem } from "./system.js";

export const allSystems: readonly CreateSystem[] = [createSlack, createJira, createSalesforce];
