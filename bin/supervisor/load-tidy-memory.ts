import { tidyMemory } from "./tidy-memory.js";

/** Loaded before a program by `--import`. */
tidyMemory();
