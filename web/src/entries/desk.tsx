import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../theme/tokens.css";
import { DeskApp } from "../features/shell/DeskApp";

const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode><DeskApp /></StrictMode>);
