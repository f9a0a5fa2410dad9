/** Scanning labels: the camera, a hand-held scanner that types, or fingers. */
import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import { isLabel, tidy } from "./words";

interface Detector { detect: (source: CanvasImageSource) => Promise<{ rawValue: string }[]> }
declare global { interface Window { BarcodeDetector?: new (options: { formats: string[] }) => Detector } }

/** Milliseconds between two looks at the picture. */
const EVERY = 250;
/** The same label before the camera is one scan for so many milliseconds. */
const SAME = 2_500;

/** How a picture is read: by the browser where it can, otherwise by a decoder of our own page. */
async function reader(): Promise<(video: HTMLVideoElement) => Promise<string | null>> {
  if (window.BarcodeDetector) {
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
  }
  const { default: decode } = await import("qr/decode.js");
  const canvas = document.createElement("canvas");
  return (video) => {
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context || canvas.width === 0) return Promise.resolve(null);
    context.drawImage(video, 0, 0);
    try {
      return Promise.resolve(decode(context.getImageData(0, 0, canvas.width, canvas.height)));
    } catch {
      // No code in this picture.
      return Promise.resolve(null);
    }
  };
}

export function Scanner({ onCode, busy }: { onCode: (code: string) => void; busy?: boolean }) {
  const field = useId();
  const video = useRef<HTMLVideoElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const heard = useRef(onCode);
  const [looking, setLooking] = useState(false);
  const [trouble, setTrouble] = useState("");
  useEffect(() => { heard.current = onCode; }, [onCode]);

  useEffect(() => {
    if (!looking) return;
    let over = false;
    let stream: MediaStream | undefined;
    let last = { code: "", at: 0 };
    void (async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        const read = await reader();
        const screen = video.current;
        if (over || !screen) return;
        screen.srcObject = stream;
        await screen.play();
        while (!over) {
          const code = await read(screen);
          if (code && isLabel(code) && (code !== last.code || Date.now() - last.at > SAME)) {
            last = { code, at: Date.now() };
            navigator.vibrate?.(60);
            heard.current(tidy(code));
          }
          await new Promise((done) => setTimeout(done, EVERY));
        }
      } catch {
        if (!over) {
          setTrouble("打不开摄像头，请允许使用，或者在下面输入编码。");
          setLooking(false);
        }
      }
    })();
    return () => {
      over = true;
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, [looking]);

  const typed = (event: FormEvent) => {
    event.preventDefault();
    const code = input.current?.value ?? "";
    if (!isLabel(code)) {
      setTrouble("编码有误：应为 CW 开头、共 15 位，请核对。");
      input.current?.select();
      return;
    }
    setTrouble("");
    onCode(tidy(code));
    if (input.current) input.current.value = "";
  };
  return (
    <div className="scanner">
      {looking && <video ref={video} muted playsInline aria-label="摄像头画面" />}
      <form onSubmit={typed}>
        <label htmlFor={field}>标签编码</label>
        <div>
          <input id={field} ref={input} className="mono" autoFocus autoComplete="off" autoCapitalize="characters" placeholder="扫码枪扫入，或者输入 CW…" />
          <button type="submit" className="button button-primary" aria-disabled={busy}>确定</button>
          <button type="button" className="button" onClick={() => { setTrouble(""); setLooking((it) => !it); }}>{looking ? "关闭摄像头" : "摄像头扫码"}</button>
        </div>
      </form>
      {trouble && <p role="alert" className="scanner-trouble">{trouble}</p>}
    </div>
  );
}
