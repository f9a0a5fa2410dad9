/** A signature drawn with a finger, a pen or a mouse, as a PNG. */
import { useId, useRef, useState, type PointerEvent } from "react";

/** A shorter line, in pixels of the page, is a slip of the finger. */
const LEAST = 60;

export function Signature({ drawn, error }: { drawn: (of: Blob | null) => void; error?: string | undefined }) {
  const id = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<[number, number]>([0, 0]);
  const length = useRef(0);
  const ready = useRef(false);
  const [empty, setEmpty] = useState(true);
  const pen = () => canvas.current?.getContext("2d") ?? null;
  /** White paper, twice as fine as the screen: it is printed. Made with the first touch: before, the sheet has no size yet. */
  const prepare = () => {
    const of = canvas.current;
    const context = pen();
    if (!of || !context) return;
    of.width = of.clientWidth * 2;
    of.height = of.clientHeight * 2;
    context.scale(2, 2);
    context.lineWidth = 3;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.strokeStyle = "#111";
    context.fillStyle = "#fff";
    context.fillRect(0, 0, of.width, of.height);
    ready.current = true;
  };
  const clear = () => {
    prepare();
    length.current = 0;
    setEmpty(true);
    drawn(null);
  };
  const at = (event: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    if (!ready.current) prepare();
    last.current = at(event);
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const context = pen();
    const [from, to] = [last.current, at(event)];
    context?.beginPath();
    context?.moveTo(...from);
    context?.lineTo(...to);
    context?.stroke();
    length.current += Math.hypot(to[0] - from[0], to[1] - from[1]);
    last.current = to;
    setEmpty(false);
  };
  const up = () => {
    if (length.current >= LEAST) canvas.current?.toBlob((of) => drawn(of), "image/png");
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
