/** The light (三色预警): colour, shape and words, so that nobody needs to see colours to read it. */
import type { Light as LightName } from "../api/contract";
import { lightWords } from "../format/words";
import "./Light.css";

const shapes: Record<LightName, React.ReactNode> = {
  green: <circle cx="7" cy="7" r="5" />,
  yellow: <path d="M7 1.6 13 12.4H1z" strokeLinejoin="round" strokeWidth="1" stroke="currentColor" />,
  red: <path d="M4.4 1h5.2L13 4.4v5.2L9.6 13H4.4L1 9.6V4.4z" />,
};

export function Lamp({ light, size = 12 }: { light: LightName | null | undefined; size?: number }) {
  if (!light) return <span className="lamp lamp-none" aria-hidden="true" style={{ width: size, height: size }} />;
  return (
    <svg className={`lamp lamp-${light}`} viewBox="0 0 14 14" width={size} height={size} fill="currentColor" aria-hidden="true">
      {shapes[light]}
    </svg>
  );
}

/** `words` replaces the plain word, for example by the time left; the plain word stays for the screen reader. */
export function Light({ light, words, bare }: { light: LightName | null | undefined; words?: string; bare?: boolean }) {
  if (!light) return words ? <span className="light light-none">{words}</span> : <span className="visually-hidden">无预警</span>;
  return (
    <span className={`light light-${light}${bare ? " light-bare" : ""}`}>
      <Lamp light={light} />
      {words ? <><span className="visually-hidden">{lightWords[light]}，</span>{words}</> : lightWords[light]}
    </span>
  );
}
