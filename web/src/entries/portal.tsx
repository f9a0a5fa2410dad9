/** Entry of the citizens' portal. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../theme/tokens.css";
import "../street/street.css";
import "../features/portal/portal.css";
import { Portal } from "../features/portal/Portal";

const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode><Portal /></StrictMode>);
