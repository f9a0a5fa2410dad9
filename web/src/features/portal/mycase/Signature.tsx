/** A signature drawn with a finger, a pen or a mouse, as a PNG. */
import { useEffect, useId, useRef, useState, type PointerEvent } from "react";

/** Fewer points than this are a slip of the finger. */
const LEAST = 12;

export function Signature({ drawn, error }: { drawn: (of: Blob | null) => void; error?: string | undefined }) {
  const id = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const points = useRef(0);
  const [empty, setEmpty] = useState(true);
  const pen = () => canvas.current?.getContext("2d") ?? null;
  const clear = () => {
    const of = canvas.current;
    const context = pen();
    if (!of || !context) return;
    context.fillStyle = "#fff";
    context.fillRect(0, 0, of.width, of.height);
    points.current = 0;
    setEmpty(true);
    drawn(null);
  };
  useEffect(() => {
    const of = canvas.current;
    const context = pen();
    if (!of || !context) return;
    // Twice as fine as the screen: it is printed.
    of.width = of.clientWidth * 2;
    of.height = of.clientHeight * 2;
    context.scale(2, 2);
    context.lineWidth = 3;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.strokeStyle = "#111";
    context.fillStyle = "#fff";
    context.fillRect(0, 0, of.width, of.height);
  }, []);
  const at = (event: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const context = pen();
    context?.beginPath();
    context?.moveTo(...at(event));
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const context = pen();
    context?.lineTo(...at(event));
    context?.stroke();
    points.current += 1;
    setEmpty(false);
  };
  const up = () => {
    if (points.current >= LEAST) canvas.current?.toBlob((of) => drawn(of), "image/png");
  };
  return (
    <div className="field">
      <span className="field-label" id={`${id}-label`}>手写签名</span>
      <canvas ref={canvas} className="my-signature" role="img" aria-labelledby={`${id}-label`} aria-describedby={error ? `${id}-error` : undefined} onPointerDown={down} onPointerMove={move} onPointerUp={up} />
      {error && <div className="field-error" id={`${id}-error`}>{error}</div>}
      <div><button type="button" className="link" disabled={empty} onClick={clear}>重写</button></div>
    </div>
  );
}
