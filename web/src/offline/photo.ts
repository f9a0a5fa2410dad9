/**
 * Photos before they leave the device: turned upright, at most 1920 px, without the hidden data of the camera (position,
 * device), and for staff with time and place written into the picture.
 */
export const LONGEST_SIDE = 1920;

export class UnreadablePhoto extends Error {
  constructor() {
    super("这张照片的格式打不开，请换一张 JPEG 或 PNG 照片，或直接拍照。");
    this.name = "UnreadablePhoto";
  }
}

export interface Prepared { data: ArrayBuffer; type: string; width: number; height: number }

/** `stamp` is the watermark, one string a line, the most important line first. */
export async function prepare(file: Blob, stamp: string[] = [], longest = LONGEST_SIDE): Promise<Prepared> {
  const picture = await decode(file);
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) throw new UnreadablePhoto();
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  if (stamp.length > 0) drawStamp(context, width, height, stamp);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.84));
  // Gives the pixels back at once: old phones have little memory for canvases.
  canvas.width = canvas.height = 0;
  if (!blob) throw new UnreadablePhoto();
  return { data: await blob.arrayBuffer(), type: "image/jpeg", width, height };
}

async function decode(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new UnreadablePhoto();
  }
}

function drawStamp(context: CanvasRenderingContext2D, width: number, height: number, lines: string[]): void {
  const size = Math.max(16, Math.round(Math.min(width, height) / 28));
  const gap = Math.round(size * 0.45);
  const tall = lines.length * (size + gap) + gap;
  context.fillStyle = "rgba(0, 0, 0, .55)";
  context.fillRect(0, height - tall, width, tall);
  context.fillStyle = "#1456b8";
  context.fillRect(0, height - tall, Math.max(6, size / 3), tall);
  context.fillStyle = "#fff";
  context.textBaseline = "top";
  lines.forEach((line, index) => {
    context.font = `${index === 0 ? "600 " : ""}${size}px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`;
    context.fillText(line, size, height - tall + gap + index * (size + gap), width - size * 2);
  });
}
