import "@fontsource-variable/inter/index.css";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "@mantine/spotlight/styles.layer.css";
import "./ui/tokens.css";
import "./ui/ui.css";
import "./shell/shell.css";
import { createRoot } from "react-dom/client";
import { z } from "zod";
import { startI18n } from "./i18n/index.js";
import { App } from "./app.js";
import { allowStyles } from "./ui/nonce.js";

// The content security policy forbids `new Function`, which zod would otherwise compile its parsers with.
z.config({ jitless: true });

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
allowStyles();
await startI18n();
createRoot(root).render(<App />);
