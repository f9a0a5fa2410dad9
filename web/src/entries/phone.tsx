/** Entry of the staff's phone. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../theme/tokens.css";
import "../street/street.css";
import "../features/phone/phone.css";
import { Phone } from "../features/phone/Phone";

const root = document.getElementById("root");
// Without the slash the page stands outside the service worker's scope and would not open offline.
if (location.pathname === "/phone") location.replace(`/phone/${location.search}${location.hash}`);
else if (root) createRoot(root).render(<StrictMode><Phone /></StrictMode>);
