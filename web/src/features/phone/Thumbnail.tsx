/** A photo of a lead: from the device when it is kept, else from the server, else said plainly. */
import { useEffect, useState } from "react";
import { fileAddress, thumbnailAddress } from "../../api/files";
import { kept, type KeptThumbnail } from "../../offline/database";
import { Viewer } from "../../street/controls";
import { useBytesUrl } from "../../street/photos";

export function Thumbnail({ id, words, className = "photo", open = false }: { id: string; words: string; className?: string; open?: boolean }) {
  const [found, setFound] = useState<KeptThumbnail | null | undefined>(undefined);
  const [failed, setFailed] = useState(false);
  const [large, setLarge] = useState(false);
  useEffect(() => {
    let gone = false;
    void kept().then((db) => db.get("thumbnails", id)).then((it) => { if (!gone) setFound(it ?? null); });
    return () => { gone = true; };
  }, [id]);
  const own = useBytesUrl(found?.data, found?.type ?? "");
  const source = own ?? (found === null ? thumbnailAddress(id) : undefined);
  const image = source && !failed ? <img src={source} alt={words} loading="lazy" onError={() => setFailed(true)} /> : <span className="photo-none">{failed ? "照片要联网看" : ""}</span>;
  if (!open) return <div className={className}>{image}</div>;
  return (
    <div className={className}>
      <button type="button" className="photo-open" aria-label={`放大${words}`} onClick={() => setLarge(true)}>{image}</button>
      {large && <Viewer source={navigator.onLine ? fileAddress(id) : (source ?? "")} words={words} onClose={() => setLarge(false)} />}
    </div>
  );
}
