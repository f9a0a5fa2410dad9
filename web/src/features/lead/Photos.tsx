/** Photos of a lead: a light box for all, a slider that lays "after" over "before". */
import { Image } from "antd";
import { useState } from "react";
import { fileAddress, thumbnailAddress } from "../../api/files";
import type { Photo } from "../../api/contract";
import { dateTime } from "../../format/time";
import { photoWords } from "../../format/words";
import { PublicCopy, isPublic } from "./PublicCopy";

export function Photos({ lead, photos, size = 104 }: { lead: { id: string }; photos: Photo[]; size?: number }) {
  if (photos.length === 0) return <p className="quiet">没有照片。</p>;
  return (
    <Image.PreviewGroup>
      <ul className="photos">
        {photos.map((it) => (
          <li key={`${it.role}-${it.id}`}>
            <Image src={thumbnailAddress(it.id)} preview={{ src: fileAddress(it.id) }} width={size * 1.25} height={size} alt={`${photoWords[it.role]}照片，${dateTime(it.at)}`} loading="lazy" />
            <small>{photoWords[it.role]}</small>
            {isPublic(it) && <PublicCopy lead={lead} photo={it} />}
          </li>
        ))}
      </ul>
    </Image.PreviewGroup>
  );
}

export function BeforeAfter({ before, after }: { before: Photo; after: Photo }) {
  const [share, setShare] = useState(50);
  return (
    <figure className="before-after" style={{ "--share": `${share}%` } as React.CSSProperties}>
      <img src={fileAddress(before.id)} alt={`处置前照片，${dateTime(before.at)}`} loading="lazy" />
      <img className="after" src={fileAddress(after.id)} alt={`处置后照片，${dateTime(after.at)}`} loading="lazy" />
      <span className="line" aria-hidden="true" />
      <figcaption><span>处置前</span><span>处置后</span></figcaption>
      <input type="range" min={0} max={100} value={share} aria-label="处置前后对比" aria-valuetext={`显示 ${share}% 处置前`} onChange={(event) => setShare(Number(event.target.value))} />
    </figure>
  );
}
