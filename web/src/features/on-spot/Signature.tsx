/** A signature drawn with a finger (签名). */
import SignaturePad from "signature_pad";
import { useEffect, useRef } from "react";

export function Signature({ value, onChange, label }: { value: ArrayBuffer | null; onChange: (png: ArrayBuffer | null) => void; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const latest = useRef(onChange);
  useEffect(() => { latest.current = onChange; });
  const first = useRef(value);

  useEffect(() => {
    const at = canvas.current;
    if (!at) return;
    const made = new SignaturePad(at, { penColor: "#101828", backgroundColor: "rgb(255,255,255)", minWidth: 1.2, maxWidth: 3.2 });
    pad.current = made;
    const fit = () => {
      const scale = Math.min(3, Math.max(1, devicePixelRatio));
      const strokes = made.toData();
      at.width = at.offsetWidth * scale;
      at.height = at.offsetHeight * scale;
      at.getContext("2d")?.scale(scale, scale);
      made.clear();
      made.fromData(strokes);
    };
    fit();
    // What was signed before the page was left is shown, and signed anew only when wiped.
    if (first.current) {
      const url = URL.createObjectURL(new Blob([first.current], { type: "image/png" }));
      void made.fromDataURL(url, { width: at.offsetWidth, height: at.offsetHeight }).finally(() => URL.revokeObjectURL(url));
    }
    const end = () => at.toBlob((blob) => { if (blob) void blob.arrayBuffer().then((bytes) => latest.current(bytes)); }, "image/png");
    made.addEventListener("endStroke", end);
    addEventListener("resize", fit);
    return () => { removeEventListener("resize", fit); made.off(); };
  }, []);

  return (
    <div className="signature">
      <canvas ref={canvas} role="img" aria-label={`${label}${value ? "：已签" : "：请用手指书写"}`} />
      <button type="button" className="button button-small button-soft" disabled={!value} onClick={() => { pad.current?.clear(); onChange(null); }}>重签</button>
    </div>
  );
}
