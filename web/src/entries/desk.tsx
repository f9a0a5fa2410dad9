import { createRoot } from "react-dom/client";
import "../theme/tokens.css";

createRoot(document.getElementById("root")!).render(<main>闭环</main>);
