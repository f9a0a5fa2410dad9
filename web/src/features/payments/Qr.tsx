/** A QR code as a drawing: sharp on paper, loaded only where one is shown. */
import { useEffect, useState } from "react";

export function Qr({ text, label, size = 200 }: { text: string; label: string; size?: number }) {
  const [drawn, setDrawn] = useState<{ path: string; side: number } | null>(null);
  useEffect(() => {
    let current = true;
    void import("qrcode").then(({ create }) => {
      const { size: side, data } = create(text, { errorCorrectionLevel: "M" }).modules;
      const path = Array.from({ length: side * side }, (_, at) => (data[at] ? `M${at % side} ${Math.floor(at / side)}h1v1h-1z` : "")).join("");
      if (current) setDrawn({ path, side });
    }, () => undefined);
    return () => { current = false; };
  }, [text]);
  if (!drawn) return <div style={{ width: size, height: size }} aria-hidden="true" />;
  return (
    <svg role="img" aria-label={label} width={size} height={size} viewBox={`-3 -3 ${drawn.side + 6} ${drawn.side + 6}`} shapeRendering="crispEdges">
      <rect x="-3" y="-3" width={drawn.side + 6} height={drawn.side + 6} fill="#fff" /><path d={drawn.path} fill="#000" />
    </svg>
  );
}

/** Twenty digits in groups of four, as people read them out. */
export const grouped = (code: string) => code.replace(/(\d{4})(?=\d)/g, "$1 ");
