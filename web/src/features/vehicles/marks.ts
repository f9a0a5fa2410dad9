/** The marks of vehicles on the map: told apart by shape as well as by colour. */
import type { VehicleState } from "../../api/vehicles";

const blue = "#1456b8", grey = "#647082", red = "#d92d20", white = "#ffffff";
/** Corners of an arrow that points north, around a middle. */
const arrow: [number, number][] = [[0, -15], [11, 13], [0, 7], [-11, 13]];

/** Draws a mark at twice its size, for screens with many pixels. It points north. */
export function drawVehicle(state: VehicleState): ImageData | null {
  const size = 48;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.translate(size / 2, size / 2);
  pen.lineJoin = "round";
  const outline = (corners: [number, number][]) => {
    pen.beginPath();
    corners.forEach(([x, y], at) => (at === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
    pen.closePath();
  };
  if (state === "alarm") {
    outline(Array.from({ length: 8 }, (_, i): [number, number] => { const angle = Math.PI / 8 + (i * Math.PI) / 4; return [20 * Math.cos(angle), 20 * Math.sin(angle)]; }));
    pen.fillStyle = red; pen.strokeStyle = white; pen.lineWidth = 3; pen.stroke(); pen.fill();
    outline(arrow.map(([x, y]) => [x * 0.72, y * 0.72]));
    pen.fillStyle = white; pen.fill();
  } else if (state === "dark") {
    pen.beginPath(); pen.arc(0, 0, 10, 0, 2 * Math.PI);
    pen.fillStyle = white; pen.fill();
    pen.setLineDash([5, 4]); pen.lineWidth = 3.5; pen.strokeStyle = grey; pen.stroke();
  } else if (state === "stopped") {
    outline([[-9, -9], [9, -9], [9, 9], [-9, 9]]);
    pen.lineWidth = 5; pen.strokeStyle = white; pen.stroke(); pen.fillStyle = grey; pen.fill();
  } else {
    outline(arrow);
    pen.lineWidth = state === "loaded" ? 6 : 9; pen.strokeStyle = white; pen.stroke();
    pen.lineWidth = 4; pen.strokeStyle = blue; pen.stroke();
    pen.fillStyle = state === "loaded" ? blue : white; pen.fill();
  }
  return pen.getImageData(0, 0, size, size);
}
