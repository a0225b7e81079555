import { z } from "zod";

// The content security policy forbids `new Function`, which zod compiles its parsers with; as soon as the first schema is made, it tries whether it may.
z.config({ jitless: true });
