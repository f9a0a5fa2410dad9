/** Photos and documents: kept by their content, so that the same picture is stored once. */
import { API, send } from "./client";
import type { StoredFile } from "./contract";

export const fileAddress = (id: string) => `${API}/files/${id}`;
export const thumbnailAddress = (id: string) => `${API}/files/${id}/thumbnail`;
/** The covered copy of a photo, for the staff; its version in the address shows a new one at once. */
export const publicCopyAddress = (lead: string, id: string, version: number) => `${API}/leads/${lead}/photos/${id}/public-copy?version=${version}`;
export const publicPhotoAddress = (tracking: string, id: string) => `${API}/public/reports/${tracking}/photos/${id}`;
export const publicThumbnailAddress = (tracking: string, id: string) => `${publicPhotoAddress(tracking, id)}/thumbnail`;

/** Sends a file in one go (desk); large files over poor networks go through the resumable upload. */
export async function uploadFile(file: Blob, signal?: AbortSignal): Promise<StoredFile> {
  const response = await send("POST", "/files", { body: file, signal });
  return (await response.json()) as StoredFile;
}

/** Largest file the server takes. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;
const CHUNK = 512 * 1024;

/**
 * Resumable upload (tus 1.0), for people without a session and for poor networks. `remember` keeps the upload's address
 * so that a second call goes on where the first stopped.
 */
export async function uploadResumable(
  file: Blob,
  options: {
    address?: string | undefined;
    remember?: (address: string) => void;
    progress?: (share: number) => void;
    signal?: AbortSignal | undefined;
    /** Bytes of one request; half a megabyte where the network is poor. */
    piece?: number;
  } = {},
): Promise<string> {
  const tus = { "Tus-Resumable": "1.0.0" };
  let path = options.address;
  let offset = 0;
  if (path) {
    try {
      const head = await send("HEAD", path, { headers: tus, signal: options.signal });
      const done = head.headers.get("Upload-File");
      if (done) return done;
      offset = Number(head.headers.get("Upload-Offset") ?? 0);
    } catch {
      path = undefined;
    }
  }
  if (!path) {
    const created = await send("POST", "/uploads", { headers: { ...tus, "Upload-Length": String(file.size) }, body: new Blob([]), signal: options.signal });
    const location = new URL(created.headers.get("Location") ?? "", globalThis.location.origin).pathname;
    path = location.startsWith(API) ? location.slice(API.length) : location;
    options.remember?.(path);
  }
  for (;;) {
    const piece = file.slice(offset, offset + (options.piece ?? CHUNK));
    const answer = await send("PATCH", path, {
      headers: { ...tus, "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" },
      body: piece, signal: options.signal,
    });
    offset = Number(answer.headers.get("Upload-Offset") ?? offset + piece.size);
    options.progress?.(file.size === 0 ? 1 : offset / file.size);
    if (offset >= file.size) {
      const id = answer.headers.get("Upload-File");
      if (id) return id;
      throw new TypeError("the upload ended without a file id");
    }
  }
}
