/** The marks of leads on the map: the same shapes as the lights on the pages. */
import type { Light } from "../api/contract";

const fills: Record<Light | "none", string> = { green: "#1f8f58", yellow: "#e2a300", red: "#d92d20", none: "#1456b8" };

/** Draws a mark at twice its size, for screens with many pixels. */
export function drawMark(light: Light | "none", ring: string): ImageData | null {
  const size = 44;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.translate(size / 2, size / 2);
  pen.beginPath();
  if (light === "yellow") {
    pen.moveTo(0, -16); pen.lineTo(16, 13); pen.lineTo(-16, 13); pen.closePath();
  } else if (light === "red") {
    for (let i = 0; i < 8; i++) {
      const angle = Math.PI / 8 + (i * Math.PI) / 4;
      pen.lineTo(16 * Math.cos(angle), 16 * Math.sin(angle));
    }
    pen.closePath();
  } else {
    pen.arc(0, 0, 12.5, 0, 2 * Math.PI);
  }
  pen.lineJoin = "round";
  pen.lineWidth = 5;
  pen.strokeStyle = ring;
  pen.stroke();
  pen.fillStyle = fills[light];
  pen.fill();
  return pen.getImageData(0, 0, size, size);
}
